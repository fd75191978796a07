from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('fund', '0004_committee'),
    ]

    operations = [
        migrations.AddField(
            model_name='fund',
            name='siret',
            field=models.CharField(blank=True, max_length=14),
        ),
        migrations.AddField(
            model_name='party',
            name='siret',
            field=models.CharField(blank=True, max_length=14),
        ),
    ]

"""Conventions of those who fund the fund, with the shares of later years."""

import django.db.models.deletion
import djmoney.models.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('fund', '0004_committee'),
    ]

    operations = [
        migrations.CreateModel(
            name='FundingConvention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=64)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('kind', models.CharField(choices=[('subsidies', 'public subsidy'), ('contributions', 'financial contribution of another body'), ('generosity', 'sponsorship or gift')], max_length=13)),
                ('purpose', models.CharField(max_length=300)),
                ('project_code', models.CharField(blank=True, max_length=64)),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[], default='EUR', editable=False, max_length=3)),
                ('amount', djmoney.models.fields.MoneyField(currency_choices=(), decimal_places=4, default_currency='EUR', max_digits=15)),
                ('signed_on', models.DateField()),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('is_dedicated', models.BooleanField()),
                ('recorded_on', models.DateField()),
                ('recorded_by', models.CharField(max_length=200)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conventions', to='fund.fund')),
                ('funder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funding_conventions', to='fund.party')),
            ],
            options={
                'ordering': ['fund', 'code', 'version'],
            },
        ),
        migrations.CreateModel(
            name='FundingShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('amount_currency', djmoney.models.fields.CurrencyField(choices=[], default='EUR', editable=False, max_length=3)),
                ('amount', djmoney.models.fields.MoneyField(currency_choices=(), decimal_places=4, default_currency='EUR', max_digits=15)),
                ('convention', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='fund.fundingconvention')),
            ],
            options={
                'ordering': ['convention', 'year'],
            },
        ),
        migrations.AddConstraint(
            model_name='fundingconvention',
            constraint=models.UniqueConstraint(fields=('fund', 'code', 'version'), name='funding_convention_version_unique'),
        ),
        migrations.AddConstraint(
            model_name='fundingconvention',
            constraint=models.CheckConstraint(condition=models.Q(('code', ''), _negated=True), name='funding_convention_code_present'),
        ),
        migrations.AddConstraint(
            model_name='fundingconvention',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='funding_convention_positive'),
        ),
        migrations.AddConstraint(
            model_name='fundingconvention',
            constraint=models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='funding_convention_span_ordered'),
        ),
        migrations.AddConstraint(
            model_name='fundingconvention',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['subsidies', 'contributions', 'generosity'])), name='funding_convention_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='fundingshare',
            constraint=models.UniqueConstraint(fields=('convention', 'year'), name='funding_share_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='fundingshare',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='funding_share_positive'),
        ),
    ]

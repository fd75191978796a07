"""Drafts of a charter and the decisions that adopt one; what computed calls and tranches.

Every version so far was named by a year's files, so its decision says that. What is kept was computed by the
first calculation that there was.
"""

import django.db.models.deletion
from django.db import migrations, models


def say_who_decided(apps, schema_editor):
    """Give each version that is there the decision it came with: the files of a year."""
    decisions = apps.get_model('fund', 'CharterDecision').objects.using(schema_editor.connection.alias)
    versions = apps.get_model('fund', 'CharterVersion').objects.using(schema_editor.connection.alias)
    acts = apps.get_model('fund', 'Act').objects.using(schema_editor.connection.alias)
    for version in versions.order_by('pk'):
        act = acts.filter(fund=version.fund_id, kind='charter-adopted', reference=f'charter-{version.number}').first()
        decisions.create(
            version=version, held_on=version.adopted_on, body='files', manner='files',
            reference=f'fund.toml {version.adopted_on.year}', recorded_on=version.adopted_on,
            recorded_by=act.by if act else '',
        )


class Migration(migrations.Migration):

    dependencies = [
        ('fund', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='contributioncall',
            name='algorithm',
            field=models.CharField(default='charter-contributions/1', max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='tranche',
            name='algorithm',
            field=models.CharField(default='charter-tranches/1', max_length=60),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name='CharterDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('proposed_on', models.DateField()),
                ('proposed_by', models.CharField(max_length=200)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='fund.fund')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='fund.charterdraft')),
            ],
            options={
                'ordering': ['fund', 'number'],
            },
        ),
        migrations.CreateModel(
            name='CharterDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField()),
                ('body', models.CharField(choices=[('general-assembly', 'general assembly'), ('extraordinary-assembly', 'extraordinary general assembly'), ('board', 'board'), ('partners', 'all the partners'), ('files', 'the year’s files')], max_length=24)),
                ('manner', models.CharField(choices=[('vote', 'by vote'), ('consent', 'by consent, nobody objecting'), ('files', 'decided elsewhere, named by the year’s files')], max_length=10)),
                ('present', models.PositiveIntegerField(blank=True, null=True)),
                ('quorum', models.PositiveIntegerField(blank=True, null=True)),
                ('votes_for', models.PositiveIntegerField(blank=True, null=True)),
                ('votes_against', models.PositiveIntegerField(blank=True, null=True)),
                ('votes_abstained', models.PositiveIntegerField(blank=True, null=True)),
                ('reference', models.CharField(max_length=300)),
                ('retroactive', models.BooleanField(default=False)),
                ('legal_bases', models.JSONField(default=list)),
                ('recorded_on', models.DateField()),
                ('recorded_by', models.CharField(max_length=200)),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='fund.charterversion')),
                ('draft', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='fund.charterdraft')),
            ],
        ),
        migrations.AddConstraint(
            model_name='charterdraft',
            constraint=models.UniqueConstraint(fields=('fund', 'number'), name='charter_draft_number_unique'),
        ),
        migrations.AddConstraint(
            model_name='charterdraft',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='charter_draft_title_present'),
        ),
        migrations.AddConstraint(
            model_name='charterdecision',
            constraint=models.CheckConstraint(condition=models.Q(('reference', ''), _negated=True), name='charter_decision_minutes_named'),
        ),
        migrations.AddConstraint(
            model_name='charterdecision',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_on__gte', models.F('held_on'))), name='charter_decision_recorded_after_it_is_taken'),
        ),
        migrations.AddConstraint(
            model_name='charterdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('body', 'files'), ('manner', 'files'), ('present__isnull', True), ('quorum__isnull', True)), models.Q(models.Q(('manner', 'files'), _negated=True), models.Q(('body', 'files'), _negated=True), ('present__gte', models.F('quorum')), ('present__isnull', False), ('quorum__gt', 0), ('quorum__isnull', False)), _connector='OR'), name='charter_decision_quorum_present'),
        ),
        migrations.AddConstraint(
            model_name='charterdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('manner', 'vote'), ('votes_abstained__isnull', False), ('votes_against__isnull', False), ('votes_for__gt', models.F('votes_against')), ('votes_for__isnull', False)), models.Q(models.Q(('manner', 'vote'), _negated=True), ('votes_abstained__isnull', True), ('votes_against__isnull', True), ('votes_for__isnull', True)), _connector='OR'), name='charter_decision_carried'),
        ),
        migrations.RunPython(say_who_decided, migrations.RunPython.noop),
    ]

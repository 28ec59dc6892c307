from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0015_by_topic_and_partner'),
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('command', models.CharField(max_length=40, unique=True, verbose_name='command')),
                ('ran_at', models.DateTimeField(null=True, verbose_name='ran to its end')),
                ('succeeded_at', models.DateTimeField(null=True, verbose_name='succeeded')),
                ('failure', models.TextField(blank=True, help_text='Of the last run; empty: it succeeded.', verbose_name='why it failed')),
                ('taken_up_at', models.DateTimeField(help_text='Of what runs once a day.', null=True, verbose_name='last taken up')),
            ],
            options={
                'verbose_name': 'run of a command',
                'verbose_name_plural': 'runs of commands',
            },
        ),
    ]

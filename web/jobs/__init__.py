"""Long work: asked for once, done by `manage.py db_worker` while one goes on, seen by who asked alone, erased in a day.

Which kinds there are is registered by the apps: papers (printing/papers.py), tables that leave (web/jobs/tables.py) and
files that come in (web/jobs/taking_in.py) differ in what they make and in the words they say it with.
"""

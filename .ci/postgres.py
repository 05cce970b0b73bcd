"""The address of the PostgreSQL server of the tests; one sentence and status 1 when it does not let us in.

PGUSER (postgres) and PGPASSWORD name a role that may create databases.
"""

import os
import sys
from urllib.parse import quote

import psycopg

user, password = os.environ.get("PGUSER", "postgres"), os.environ.get("PGPASSWORD", "")
login = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
server = f"postgres://{login}@127.0.0.1:5432"
try:
    with psycopg.connect(f"{server}/postgres", connect_timeout=5) as connection:
        role = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        may_create = connection.execute(role).fetchone()[0]
except psycopg.OperationalError as error:
    why = str(error).strip().splitlines()[-1].rpartition(": ")[2].strip()
    sys.exit(
        f"PostgreSQL on 127.0.0.1:5432 does not let the user {user} in ({why}): export PGUSER and PGPASSWORD of a"
        " role that may create databases, or stop that server, and run again."
    )
if not may_create:
    sys.exit(
        f"The PostgreSQL role {user} may not create databases: ALTER ROLE {user} CREATEDB, and run again."
    )
sys.stdout.write(server)

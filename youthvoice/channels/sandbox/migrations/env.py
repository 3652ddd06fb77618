"""Alembic's environment: one connection of the engine that the caller hands over."""

from alembic import context

from youthvoice.channels.sandbox.network import metadata

engine = context.config.attributes["engine"]
with engine.connect() as connection:
    connection = connection.execution_options(write=True)
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()

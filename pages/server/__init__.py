"""What answers outside Streamlit's script: ASGI middleware, routes, threads."""

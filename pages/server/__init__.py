"""Code outside Streamlit's script: ASGI middleware, routes, threads."""

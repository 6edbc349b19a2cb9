"""What a tab had open goes a while after it, also if nobody comes after it."""

import time
import weakref

from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.session_manager import SessionInfo
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from pages.server import left_sessions

STAYS = 0.05  # seconds


class Session:
    """Stands in for Streamlit's, which wants a whole server around it."""

    id = "one"


def test_what_was_kept_for_a_tab_goes_once_its_time_is_over():
    storage = MemorySessionStorage(ttl_seconds=STAYS)
    session = Session()
    kept = weakref.ref(session)
    storage.save(SessionInfo(client=None, session=session, script_run_count=1))
    del session
    early = left_sessions.let_go(storage)
    time.sleep(2 * STAYS)

    assert (0, True) == (early, kept() is not None)
    assert 1 == left_sessions.let_go(storage)
    assert kept() is None


def test_streamlit_keeps_them_where_we_look():
    assert "_session_mgr" in Runtime.__init__.__code__.co_names
    assert "_session_storage" in WebsocketSessionManager.__init__.__code__.co_names

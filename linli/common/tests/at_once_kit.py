"""Several callers at the same moment, each on a connection of his own. Not collected by pytest."""

import threading

from django.db import close_old_connections, connections


def at_once(*calls):
    """Run them together; what each gave or raised."""
    barrier, said = threading.Barrier(len(calls)), [None] * len(calls)

    def run(nth, call):
        close_old_connections()
        try:
            barrier.wait(30)
            said[nth] = call()
        except Exception as error:
            said[nth] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return said

"""What each fault of a reading costs: fitted on pages whose truth is known."""

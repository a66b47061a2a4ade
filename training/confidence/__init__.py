"""How sure each cell is: fitted on pages whose truth is known, measured on agencies and tools held out."""

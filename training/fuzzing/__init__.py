"""Files of every kind, damaged with regard to how they are built, fed to what reads them."""

"""Writing, reading, checking the file of accounting entries (*fichier des écritures comptables*, FEC; LPF A.47 A-1).

Plain Python: no database, no clock. A file is read as a stream, so its length never matters.
"""

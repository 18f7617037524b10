"""Sends one HTTPS request, and obeys SSLKEYLOGFILE as Python's ssl module does.

Usage: tls-client.py PORT CERTIFICATE
"""

import http.client
import ssl
import sys

context = ssl.create_default_context(cafile=sys.argv[2])
connection = http.client.HTTPSConnection("127.0.0.1", int(sys.argv[1]), context=context)
connection.request("POST", "/", b"x")
print(connection.getresponse().status)

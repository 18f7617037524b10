import GaaraSecrets

print("a service that reads its secrets")

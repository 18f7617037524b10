// The signatures of this product show these types, so who imports it needs them.
@_exported public import GaaraStore

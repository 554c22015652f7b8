"""What keeps secrets and proofs: keys, sealed boxes, receipts, anchors of the audit log, writes that last."""

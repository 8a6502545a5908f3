extension Schema {
  /// Who was admitted to a session, so that how full it was is found without the rest of the ledger. Statements say its condition
  /// in the same words.
  static let sessionScans = """
    CREATE INDEX scan_session ON scan (session_id, badge_id) WHERE session_id IS NOT NULL AND answer = 'ADMITTED';
    """
}

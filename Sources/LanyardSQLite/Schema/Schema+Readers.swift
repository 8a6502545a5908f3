extension Schema {
  /// What those who read much look up: who is inside by door and period, and the badges of one event in order.
  static let readers = """
    CREATE INDEX presence_inside ON presence (checkpoint_id, period, registration_id) WHERE is_inside;
    CREATE INDEX badge_event ON badge (event_id);
    """
}

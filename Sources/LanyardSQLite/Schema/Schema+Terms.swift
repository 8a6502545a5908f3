extension Schema {
  /// Groups, roles and tracks with numbers and labels, titles by language, and whom a refusal named by how they take part.
  /// A text in a list becomes an id, and its place from 1 its number, which is what badge codes carry of a group.
  static let terms = """
    ALTER TABLE event ADD COLUMN titles TEXT NOT NULL DEFAULT '{}';
    ALTER TABLE session ADD COLUMN titles TEXT NOT NULL DEFAULT '{}';
    ALTER TABLE scan ADD COLUMN admitted_participations TEXT;
    UPDATE event SET tracks = \(numbered("tracks")), stakeholder_groups = \(numbered("stakeholder_groups")),
      guest_roles = \(numbered("guest_roles"));
    """

  private static func numbered(_ column: String) -> String {
    """
    (SELECT json_group_array(json_object('id', value, 'is_withdrawn', json('false'), 'labels', json('{}'), 'number',
      key + 1)) FROM (SELECT key, value FROM json_each(event.\(column)) ORDER BY key))
    """
  }
}

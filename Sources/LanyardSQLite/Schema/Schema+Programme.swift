extension Schema {
  /// Events that are over or were deleted, and which rules of checkpoints are not as the programme says, since an organiser
  /// changed them; of changes before, nobody knows.
  static let programmeByHand = """
    ALTER TABLE event ADD COLUMN is_archived INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE event ADD COLUMN is_deleted INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE checkpoint ADD COLUMN changed_by_hand TEXT NOT NULL DEFAULT '[]';
    """
}

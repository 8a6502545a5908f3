/// One row of `feed`, as a transaction takes it: how far the feed of an event has come.
package struct FeedRow: Sendable {
  private static let ofEvent = SQL(
    """
    SELECT feed.event_id, feed.last_sequence, feed.plan_revision FROM event JOIN feed ON feed.event_id = event.id
    WHERE event.slug = ?
    """
  )
  private static let ofInstallation = SQL(
    "SELECT feed.event_id, feed.last_sequence, feed.plan_revision FROM feed WHERE feed.event_id = 0"
  )

  /// The store's key of the event; 0 for the whole installation.
  let event: Int64
  /// The last number that was given.
  var last: Int64
  /// Revision of the event's plan.
  var plan: Int64

  /// Reads the row of an event's slug, of the installation where that is nil; nil where there is none.
  ///
  /// An engine calls it once nobody else can take the row, or takes it with the selection and a `FOR UPDATE OF feed`.
  package static func read(of event: String?, _ session: any SQLSession) throws -> FeedRow? {
    let (statement, values) = selection(of: event)
    return try session.first(statement, values, FeedRow.init)
  }

  /// What finds the row.
  package static func selection(of event: String?) -> (statement: SQL, values: [any SQLValue]) {
    event.map { (ofEvent, [$0]) } ?? (ofInstallation, [])
  }

  /// From a row of the selection.
  package init(_ row: any SQLRow) throws {
    (event, last, plan) = (try row[0], try row[1], try row[2])
  }

  /// Of an event that was just made.
  init(new event: Int64) { (self.event, last, plan) = (event, 0, 1) }
}

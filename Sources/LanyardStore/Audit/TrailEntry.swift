import Crypto
package import LanyardDomain

/// One row of `change`: a link of its event's chain, which carries the hash of the one before.
package struct TrailEntry {
  package let number: FeedNumber
  /// The number's, as a column of its own says it.
  package let event: Int64
  package let madeAt: Int64
  package let actorKind: String
  package let actor: String
  package let address: String
  package let requestID: String
  package let name: String
  package let version: Int64
  package let resource: String
  /// JSON objects.
  package let before: String?
  package let after: String?
  /// The hash of the entry before it in the chain.
  package let previous: [UInt8]

  /// What the first entry of a chain has for the one before.
  package static let origin = [UInt8](repeating: 0, count: 32)

  /// The columns that are hashed, in order.
  package static let columns = """
    sequence, event_id, made_at, actor_kind, actor, address, request_id, name, version, resource, state_before,
    state_after, previous_hash
    """

  /// - Parameter moment: When it was made, by the clock that never runs back.
  package init(_ change: Change, by act: Act, at moment: Instant, number: FeedNumber, previous: [UInt8]) {
    self.number = number
    event = number.event
    madeAt = moment.microseconds
    (actorKind, actor) = (act.actor.kind.rawValue, act.actor.id)
    address = act.address
    requestID = act.requestID
    name = change.name.rawValue
    version = Int64(change.name.version)
    resource = change.resource.description
    before = change.before.map(Fact.json)
    after = change.after.map(Fact.json)
    self.previous = previous
  }

  /// From a row of `columns`.
  package init(_ row: any SQLRow) throws {
    number = FeedNumber(key: try row[0])
    event = try row[1]
    madeAt = try row[2]
    actorKind = try row[3]
    actor = try row[4]
    address = try row[5]
    requestID = try row[6]
    name = try row[7]
    version = try row[8]
    resource = try row[9]
    before = try row[10]
    after = try row[11]
    previous = try row[12]
  }

  /// SHA-256 over all of it, the hash of the one before among it.
  package var hash: [UInt8] {
    var row = CanonicalRow()
    row.begin("lanyard.change/1")
    for value in [number.value, event, madeAt] { row.add(value) }
    for text in [actorKind, actor, address, requestID, name] { row.add(text) }
    row.add(version)
    row.add(resource)
    row.add(before)
    row.add(after)
    row.add(previous)
    return [UInt8](SHA256.hash(data: row.bytes))
  }
}

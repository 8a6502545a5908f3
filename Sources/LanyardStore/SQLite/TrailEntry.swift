import Crypto
import LanyardDomain

/// One row of `change`: a link of its event's chain, which carries the hash of the one before.
struct TrailEntry {
  let number: FeedNumber
  /// The number's, as a column of its own says it.
  let event: Int64
  let madeAt: Int64
  let actorKind: String
  let actor: String
  let address: String
  let requestID: String
  let name: String
  let version: Int64
  let resource: String
  /// JSON objects.
  let before: String?
  let after: String?
  /// The hash of the entry before it in the chain.
  let previous: [UInt8]

  /// What the first entry of a chain has for the one before.
  static let origin = [UInt8](repeating: 0, count: 32)

  /// The columns that are hashed, in order.
  static let columns = """
    sequence, event_id, made_at, actor_kind, actor, address, request_id, name, version, resource, state_before,
    state_after, previous_hash
    """

  init(_ change: Change, by act: Act, number: FeedNumber, previous: [UInt8]) {
    self.number = number
    event = number.event
    madeAt = act.now.microseconds
    (actorKind, actor) = act.actor.stored
    address = act.address
    requestID = act.requestID
    name = change.name.rawValue
    version = Int64(change.name.version)
    resource = change.resource
    before = change.before.map(Fact.json)
    after = change.after.map(Fact.json)
    self.previous = previous
  }

  /// From a row of `columns`, which the statement stands on.
  init(_ row: HotStatement) {
    number = FeedNumber(key: row.int64(0))
    event = row.int64(1)
    madeAt = row.int64(2)
    actorKind = row.string(3)
    actor = row.string(4)
    address = row.string(5)
    requestID = row.string(6)
    name = row.string(7)
    version = row.int64(8)
    resource = row.string(9)
    before = row.isNull(10) ? nil : row.string(10)
    after = row.isNull(11) ? nil : row.string(11)
    previous = row.data(12)
  }

  /// SHA-256 over all of it, the hash of the one before among it.
  var hash: [UInt8] {
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

extension Act.Actor {
  /// The kind and the id as the table has them.
  fileprivate var stored: (kind: String, id: String) {
    switch self {
    case .token(let id): ("TOKEN", id)
    case .device(let id): ("DEVICE", id)
    case .participant(let id): ("PARTICIPANT", id)
    case .nobody: ("NOBODY", "")
    case .system: ("SYSTEM", "")
    }
  }

  /// Nil where the kind is not known.
  init?(kind: String, id: String) {
    switch kind {
    case "TOKEN": self = .token(id)
    case "DEVICE": self = .device(id)
    case "PARTICIPANT": self = .participant(id)
    case "NOBODY": self = .nobody
    case "SYSTEM": self = .system
    default: return nil
    }
  }
}

import BadgeCodes
import LanyardAPI
import LanyardDomain
import LanyardStore
import SwiftProtobuf

/// What changes in rosters, made once for all lanes that follow the same one: they look at the same moments, so that
/// those that are up to date share one reading of the store.
actor RosterFeed {
  /// How often lanes look for changes: well within the second in which they must hear of a revocation.
  static let interval = Duration.milliseconds(400)
  /// The most badges or presences of one message.
  static let messageLimit = 500

  /// What one lane asks for.
  struct Request: Hashable, Sendable {
    /// Slug of the event.
    let event: String
    /// Ids of checkpoints, sorted; empty means all.
    let checkpoints: [String]
    let cursor: RosterCursor?
  }

  /// Messages in the order in which they are to be sent, and the cursor after them.
  struct Changes: Sendable {
    let messages: [Lanyard_V1_WatchRosterResponse]
    let cursor: RosterCursor
  }

  private let store: any RosterStore
  private let keys: [VerificationKey]
  private let clock: ServerClock
  /// What was asked for since the last moment of `interval`.
  private var recent: [Request: Task<Changes, any Error>] = [:]
  private var moment: Int64 = 0

  init(store: any RosterStore, keys: [VerificationKey], clock: ServerClock) {
    self.store = store
    self.keys = keys
    self.clock = clock
  }

  /// Waits for the next moment at which all lanes look.
  nonisolated func nextMoment() async throws {
    let step = Self.step
    let left = step - Self.machineTime % step
    try await Task.sleep(for: .nanoseconds(left))
  }

  /// The changes since a cursor; an empty list of messages where there are none.
  func changes(_ request: Request) async throws -> Changes {
    let moment = Self.machineTime / Self.step
    if moment != self.moment {
      self.moment = moment
      recent.removeAll()
    }
    if let task = recent[request] { return try await task.value }
    let (store, keys, clock) = (store, keys, clock)
    let task = Task { try await Self.read(request, store, keys, clock) }
    recent[request] = task
    return try await task.value
  }

  private static func read(
    _ request: Request,
    _ store: any RosterStore,
    _ keys: [VerificationKey],
    _ clock: ServerClock
  ) async throws -> Changes {
    let changes = try await store.roster(of: request.event, checkpoints: request.checkpoints, since: request.cursor)
    if changes.cursor == request.cursor { return Changes(messages: [], cursor: changes.cursor) }
    var first = Lanyard_V1_WatchRosterResponse()
    first.snapshot = changes.isSnapshot
    if let plan = changes.plan { first.plan = .init(plan, keys: keys, isRehearsal: clock.isRehearsal) }
    var messages = changes.isSnapshot || changes.plan != nil ? [first] : []
    for start in stride(from: 0, to: changes.badges.count, by: messageLimit) {
      let part = changes.badges[start..<min(start + messageLimit, changes.badges.count)]
      messages.append(try .with { $0.entries = try part.map(Lanyard_V1_RosterEntry.init) })
    }
    for start in stride(from: 0, to: changes.presences.count, by: messageLimit) {
      let part = changes.presences[start..<min(start + messageLimit, changes.presences.count)]
      messages.append(.with { $0.presences = part.map(Lanyard_V1_RosterPresence.init) })
    }
    if messages.isEmpty { messages.append(.init()) }
    messages[messages.count - 1].cursor = changes.cursor.text
    for index in messages.indices { messages[index].serverTime = Google_Protobuf_Timestamp(clock.now) }
    return Changes(messages: messages, cursor: changes.cursor)
  }

  private static let step = Int64(interval / .nanoseconds(1))

  /// Nanoseconds of a clock that nobody sets.
  private static var machineTime: Int64 {
    Int64(origin.duration(to: .now) / .nanoseconds(1))
  }
  private static let origin = ContinuousClock.now
}

extension RosterCursor {
  /// The cursor as lanes keep it.
  var text: String { "\(store).\(sequence).\(plan)" }

  /// Nil where the text is no cursor, so that the lane gets a snapshot.
  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let sequence = Int64(parts[1]), let plan = Int64(parts[2]) else { return nil }
    self.init(store: String(parts[0]), sequence: sequence, plan: plan)
  }
}

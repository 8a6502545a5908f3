import BadgeCodes
import Dispatch
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import Logging
import SwiftProtobuf

/// Makes the messages of rosters, one after the other on a thread of its own: sealing a hundred thousand badges takes
/// seconds of a processor, and scans are not to wait for the threads that answer them.
struct RosterSealer: Sendable {
  private let queue = DispatchQueue(label: "lanyard.roster", qos: .utility)
  private let keys: @Sendable () async throws -> [VerificationKey]
  private let isRehearsal: Bool
  private let logger: Logger

  /// - Parameter keys: Reads those that verify, which are told with the plan of an event: not before that is read, so that they
  ///   are never older.
  init(keys: @escaping @Sendable () async throws -> [VerificationKey], isRehearsal: Bool, logger: Logger) {
    self.keys = keys
    self.isRehearsal = isRehearsal
    self.logger = logger
  }

  func part(of plan: VenuePlan) async throws -> RosterPart {
    let keys = try await keys()
    return try await run {
      let message = Lanyard_V1_RosterPlan(plan, keys: keys, isRehearsal: isRehearsal)
      return try RosterPart(.with { $0.plan = message }, count: 0)
    }
  }

  /// Badges in parts; one whose code cannot be read is left out and named in the log by its serial.
  func parts(of badges: [RosterBadge]) async throws -> [RosterPart] {
    try await run {
      try Self.chunks(of: badges.compactMap(entry)) { entries in .with { $0.entries = entries } }
    }
  }

  /// Presences in parts by their areas.
  func parts(of presences: [RosterPresence]) async throws -> [String: [RosterPart]] {
    try await run {
      try Dictionary(grouping: presences, by: \.area).mapValues { presences in
        try Self.chunks(of: presences.map(Lanyard_V1_RosterPresence.init)) { stands in .with { $0.presences = stands } }
      }
    }
  }

  private func entry(_ badge: RosterBadge) throws -> Lanyard_V1_RosterEntry? {
    if let unknown = badge.unknown {
      logger.error(
        "a badge on record has a value that is not known, so that no lane lets it pass by itself",
        metadata: ["badge": "\(badge.serial)", "column": "\(unknown)"]
      )
    }
    do {
      return try Lanyard_V1_RosterEntry(badge)
    } catch let error as BadgeCodeError {
      logger.error(
        "the code of a badge on record cannot be read, so that lanes do not know the badge; replace it",
        metadata: ["badge": "\(badge.serial)", "cause": "\(error)"]
      )
      return nil
    }
  }

  private static func chunks<Item>(
    of items: [Item],
    _ message: ([Item]) -> Lanyard_V1_WatchRosterResponse
  ) throws -> [RosterPart] {
    try stride(from: 0, to: items.count, by: RosterPart.limit).map { start in
      let chunk = Array(items[start..<min(start + RosterPart.limit, items.count)])
      return try RosterPart(message(chunk), count: chunk.count)
    }
  }

  private func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result(catching: body)) }
    }
  }
}

import GRPCCore
package import LanyardMessages
package import LanyardTexts
import Synchronization

/// Limits how many calls of a kind are under way at once, in all and of one caller.
package final class CallLimit: Sendable {
  private struct State {
    var count = 0
    var countByCaller: [String: Int] = [:]
  }

  private let total: Int
  private let perCaller: Int
  /// What is said to who comes too many, and to those that come when all is taken; the latter may say the limit.
  private let refusal: (reason: ErrorReason, perCaller: Sentence.Key, total: Sentence.Key)
  private let state = Mutex(State())

  package init(
    total: Int = .max,
    perCaller: Int = .max,
    _ refusal: (reason: ErrorReason, perCaller: Sentence.Key, total: Sentence.Key)
  ) {
    (self.total, self.perCaller, self.refusal) = (total, perCaller, refusal)
  }

  /// Runs a call of this caller.
  ///
  /// - Throws: `RPCError` RESOURCE_EXHAUSTED where too many are under way; what the body throws.
  package func run<Result>(for caller: String, _ body: () async throws -> Result) async throws -> Result {
    let fault = state.withLock { state -> Sentence? in
      let own = state.countByCaller[caller, default: 0]
      if own >= perCaller { return Sentence(refusal.perCaller) }
      if state.count >= total { return Sentence(refusal.total, ["limit": .count(total)]) }
      state.count += 1
      state.countByCaller[caller] = own + 1
      return nil
    }
    if let fault { throw RPCError.make(refusal.reason, fault) }
    defer {
      state.withLock { state in
        state.count -= 1
        let own = state.countByCaller[caller, default: 1] - 1
        state.countByCaller[caller] = own > 0 ? own : nil
      }
    }
    return try await body()
  }
}

extension CallLimit {
  /// Runs a call that stays open within the limit, for as long as its caller may call.
  ///
  /// - Throws: As `run(for:)` and `ServerContext.whileAllowed` do.
  func run(_ context: ServerContext, _ body: @escaping @Sendable () async throws -> Void) async throws {
    try await run(for: context.caller.id) { try await context.whileAllowed(body) }
  }
}

extension CallLimit {
  /// Rosters that are watched.
  static func rosters(_ settings: ServerSettings) -> CallLimit {
    CallLimit(
      perCaller: settings.maximumWatchesPerCaller,
      (.tooManyWatches, .errorTooManyWatches, .errorTooManyWatches)
    )
  }

  /// Headcounts that are watched.
  static func attendances(_ settings: ServerSettings) -> CallLimit {
    CallLimit(
      perCaller: settings.maximumWatchesPerCaller,
      (.tooManyWatches, .errorTooManyHeadcounts, .errorTooManyHeadcounts)
    )
  }

  /// Feeds that are followed, each with readings of its own.
  static func feeds(_ settings: ServerSettings) -> CallLimit {
    CallLimit(
      total: 64,
      perCaller: settings.maximumWatchesPerCaller,
      (.tooManyWatches, .errorTooManyFeeds, .errorAllFeedsFollowed)
    )
  }

  /// Searches for people.
  static func searches(_ settings: ServerSettings) -> CallLimit {
    CallLimit(total: settings.maximumSearches, (.searchesBusy, .errorSearchesBusy, .errorSearchesBusy))
  }
}

import LanyardDomain
import LanyardStore
import ServiceLifecycle

/// Tells calls that stay open when somebody was ended who may be their caller. They follow the feed in which that would
/// stand, woken by `FeedWatch`, and look at the same moments, so that all who follow one share a reading of it.
final class CallerFeed: Service {
  /// The most often that calls look at a feed in which much happens.
  private static let moments = SharedMoment(interval: .milliseconds(250))

  private struct Place: Hashable {
    let event: String?
    let sequence: Int64
    /// Number of the moment in which it was asked for.
    let number: Int64
  }

  private let store: any FeedStore
  private let watch: FeedWatch
  private let readings = SharedWork<Place, CallerEndings>(keepsValues: true)

  init(store: any FeedStore, watch: FeedWatch) {
    (self.store, self.watch) = (store, watch)
  }

  /// Reads what is asked for until a graceful shutdown; the calls that ask end before.
  func run() async {
    await cancelWhenGracefulShutdown { await self.readings.run() }
  }

  /// How far the feed has come that would tell of a caller's end.
  func head(for caller: Caller) async throws -> Int64 { try await store.feedHead(of: caller.endingEvent).sequence }

  /// Waits until a token, a device or a link of a caller's feed was ended after a number.
  ///
  /// - Returns: How far the feed has come.
  func ending(for caller: Caller, after start: Int64) async throws -> Int64 {
    let event = caller.endingEvent
    var sequence = start
    while true {
      try await watch.change(of: event, past: sequence)
      try await Self.moments.next()
      let reading = try await endings(of: event, after: sequence)
      sequence = reading.head
      if reading.isAny { return sequence }
    }
  }

  private func endings(of event: String?, after sequence: Int64) async throws -> CallerEndings {
    let number = Self.moments.number
    readings.forget { $0.number < number }
    return try await readings.value(for: Place(event: event, sequence: sequence, number: number)) { [store] in
      try await store.callerEndings(of: event, after: sequence)
    }
  }
}

extension Caller {
  /// Slug of the event whose feed would tell of its end; nil for that of the whole installation.
  fileprivate var endingEvent: String? {
    if case .token = standing { nil } else { event }
  }
}

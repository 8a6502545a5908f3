import LanyardDomain
import LanyardStore
import LanyardTesting
import Testing

@Suite("How far a lane is told of what has happened")
struct RosterSpanTests {
  private static func cursor(_ sequence: Int64, plan: Int64 = 3, store: String = "a") -> RosterCursor {
    RosterCursor(feed: FeedCursor(store: store, event: 1, sequence: sequence), plan: plan)
  }

  @Test("A lane that is little behind is told all, one that is further behind is told in parts")
  func parts() {
    let head = Self.cursor(12_000)
    var (at, told): (Int64, [Int64]) = (0, [])
    while let span = RosterSpan(after: Self.cursor(at), to: head, upTo: nil), !span.isLast {
      at = span.last
      told.append(at)
    }
    #expect(told == [5000, 10_000])
    #expect(RosterSpan(after: Self.cursor(10_000), to: head, upTo: nil)?.last == 12_000)
    #expect(RosterSpan(after: head, to: head, upTo: nil)?.isLast == true)
  }

  @Test("A limit is kept, and who is ahead of it is told nothing", arguments: [Int64(100), 4999, 5000, 5001, 9000])
  func limit(limit: Int64) throws {
    let head = Self.cursor(10_000)
    let span = try #require(RosterSpan(after: Self.cursor(0), to: head, upTo: limit))
    #expect(span.last == min(limit, 5000))
    #expect(span.isLast == (limit <= 5000))
    let ahead = try #require(RosterSpan(after: Self.cursor(9500), to: head, upTo: limit))
    #expect(ahead.last == 9500 && ahead.isLast)
  }

  @Test("A cursor of other data, of a later plan, of what has not happened or too far behind needs a snapshot")
  func snapshots() {
    let head = Self.cursor(60_000)
    for cursor in [
      Self.cursor(60_000, store: "b"), Self.cursor(60_000, plan: 4), Self.cursor(60_001), Self.cursor(-1),
      Self.cursor(9999),
    ] {
      #expect(RosterSpan(after: cursor, to: head, upTo: nil) == nil)
    }
    #expect(RosterSpan(after: Self.cursor(10_000), to: head, upTo: nil) != nil)
  }

  @Test("Whatever the cursor, the parts end at the head, each begins where the last one ended, and none is empty")
  func generated() throws {
    var generator = SeededGenerator(seed: 14)
    for _ in 0..<500 {
      let head = Self.cursor(Int64.random(in: 0...200_000, using: &generator))
      var at = max(0, head.sequence - Int64.random(in: 0...RosterSpan.backlog, using: &generator))
      while true {
        let span = try #require(RosterSpan(after: Self.cursor(at), to: head, upTo: nil))
        #expect(span.last > at || span.isLast)
        at = span.last
        if span.isLast { break }
      }
      #expect(at == head.sequence)
    }
  }
}

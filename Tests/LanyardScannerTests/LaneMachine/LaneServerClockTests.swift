import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("What a lane takes for its server's time")
struct LaneServerClockTests {
  private var lane = PaperLane()
  private static let dayAhead = Duration.seconds(26 * 3600)

  /// The server's clock shows so much more than the device's, which is right.
  private mutating func tell(ahead: Duration, inRehearsal: Bool = false) {
    let wall = lane.moment.wall
    lane.happen { machine, moment in
      machine.opened(
        .with { ($0.serverTime, $0.rehearsal) = (Google_Protobuf_Timestamp(wall + ahead), inRehearsal) },
        at: moment
      )
    }
  }

  private var ahead: Duration {
    let off = lane.machine.time(at: lane.moment) - lane.moment.wall
    return .seconds((off / .seconds(1)).rounded())
  }

  private func expect(_ expected: Duration, _ told: Comment) { #expect(ahead == expected, told) }

  @Test("Is not what a clock says that is ahead for a while, and that is forgotten when it is right again")
  mutating func leap() {
    tell(ahead: .seconds(3))
    tell(ahead: Self.dayAhead)
    expect(.seconds(3), "at once")
    lane.advance(by: .seconds(10))
    tell(ahead: Self.dayAhead)
    expect(.seconds(3), "after ten seconds")
    #expect(lane.disk.time?.time(at: lane.moment) == lane.machine.time(at: lane.moment))
    lane.advance(by: .seconds(60))
    tell(ahead: .seconds(3))
    lane.advance(by: .seconds(540))
    tell(ahead: Self.dayAhead)
    expect(.seconds(3), "a second leap is doubted anew")
  }

  @Test("Is what it has said for long enough, also against the device's own clock")
  mutating func confirmed() {
    tell(ahead: .zero)
    tell(ahead: Self.dayAhead)
    lane.advance(by: .seconds(600))
    tell(ahead: Self.dayAhead)
    expect(Self.dayAhead, "told for ten minutes")
    tell(ahead: .zero)
    expect(.zero, "what the device bears out holds at once")
  }

  @Test("Is the first that it hears, and any in a rehearsal")
  mutating func first() {
    tell(ahead: Self.dayAhead)
    expect(Self.dayAhead, "nothing else is known")
    tell(ahead: .zero)
    tell(ahead: Self.dayAhead, inRehearsal: true)
    expect(Self.dayAhead, "a rehearsal")
  }
}

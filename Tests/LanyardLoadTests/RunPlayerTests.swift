import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardScanner
import LanyardTesting
import Testing

@testable import LanyardLoad

@Suite("A run whose server is away", .blocking, .timeLimit(.minutes(1)))
struct RunPlayerTests {
  @Test("Takes down each call of its watchers that failed, of rosters too, and goes on asking")
  func watchers() async throws {
    let recorder = RunRecorder()
    var watched = Scenario.Watchers()
    (watched.attendance, watched.screens, watched.rosters) = (1, 1, 1)
    let watchers = RunWatchers(
      access: try Self.nobody(),
      venue: Self.venue,
      watchers: watched,
      recorder: recorder,
      pause: .milliseconds(10)
    )
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await watchers.run() }
      for operation in [RunOperation.attendance, .headcount, .roster] {
        while recorder.snapshot().timings[0]?[operation]?.errors["unavailable", default: 0] ?? 0 < 3, !Task.isCancelled
        {
          await Task.pause(.milliseconds(10))
        }
      }
      group.cancelAll()
    }
    let timings = recorder.snapshot().timings[0] ?? [:]
    #expect([RunOperation.attendance, .headcount, .roster].allSatisfy { timings[$0]?.failures ?? 0 >= 3 })
    #expect(timings.values.allSatisfy { $0.answered == 0 } && recorder.toldCount == 0)
  }

  @Test("Gives a closed loop up when nothing ends any more, and says so")
  func closed() async throws {
    let recorder = RunRecorder()
    try await withServerConnection(Self.nobody()) { desk in
      var player = RunPlayer(
        venue: Self.venue,
        lanes: [SilentLane()],
        doorOfLane: [0],
        recorder: recorder,
        desk: desk,
        seed: 1,
        loop: .closed(window: 1)
      )
      player.patience = .milliseconds(200)
      let step = RunStep(
        due: .zero,
        service: .zero,
        lane: 0,
        act: .scan(.unreadable),
        isOut: false,
        expected: []
      )
      await player.play([step, step])
    }
    #expect(recorder.snapshot().timings[0]?[RunOperation.checkIn]?.errors == [RunRecorder.givenUp: 1])
  }

  @Test("Lasts as long as it is to, also where nothing is due any more, unless it is ended")
  func length() async throws {
    let recorder = RunRecorder()
    recorder.begin(at: .now)
    try await withServerConnection(Self.nobody()) { desk in
      let player = RunPlayer(
        venue: Self.venue,
        lanes: [SilentLane()],
        doorOfLane: [0],
        recorder: recorder,
        desk: desk,
        seed: 1,
        loop: .open
      )
      await player.play([], until: .milliseconds(300))
      #expect(recorder.now >= .milliseconds(300))
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await player.play([], until: .seconds(3_600)) }
        group.cancelAll()
      }
    }
  }

  @Test("Takes each stream of a lane down that was lost, also one that the server ended without an error")
  func streams() async throws {
    let recorder = RunRecorder()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        // What it throws is that the lane was not let in, which nothing says here.
        try? await WireLane.untilRefused(recorder, pause: .milliseconds(1)) {}
      }
      while recorder.snapshot().timings[0]?[RunOperation.stream]?.failures ?? 0 < 2 {
        await Task.pause(.milliseconds(1))
      }
      group.cancelAll()
    }
    let errors = recorder.snapshot().timings[0]?[RunOperation.stream]?.errors
    #expect(errors?.keys.sorted() == ["ENDED_BY_THE_SERVER"])
  }

  @Test("Is measured from one whole second to the next")
  func seconds() {
    #expect(RunMeter.nextSecond(after: .milliseconds(-500)) == .zero)
    #expect(RunMeter.nextSecond(after: .zero) == .seconds(1))
    #expect(RunMeter.nextSecond(after: .milliseconds(1_001)) == .seconds(2))
  }

  @Test("Reaches a lane's own line with all that it had")
  func through() throws {
    var access = try Self.nobody()
    access.callTimeout = .seconds(7)
    let other = access.through(.loopback(port: 9))
    #expect(other.callTimeout == .seconds(7) && other.endpoint.port == 9)
  }

  @Test("Brings the same walk-ins for the same seed, but at other addresses in each run")
  func walkIns() async throws {
    var venue = Self.venue
    venue.people = [Venue.Person(registration: "p", displayName: "P", group: "Academia")]
    let played = venue
    try await withServerConnection(Self.nobody()) { desk in
      let people = (0..<2).map { _ in
        RunPlayer(
          venue: played,
          lanes: [SilentLane()],
          doorOfLane: [0],
          recorder: RunRecorder(),
          desk: desk,
          seed: 1,
          loop: .open
        ).walkIn(7)
      }
      #expect(people[0].familyName == people[1].familyName && people[0].email != people[1].email)
      // A client whose body makes no call throws.
      await Task.pause(.milliseconds(10))
    }
  }

  private static let venue = Venue(
    event: "events/e",
    doors: [Venue.Door(name: "door", displayName: "Door", area: "venue")],
    people: [],
    badges: []
  )

  /// A port at which nobody listens.
  private static func nobody() throws -> ServerAccess {
    let port = try LoopbackSocket.listening().port()
    return ServerAccess(.loopback(port: Int(port)), credential: .none, authorityPath: nil)
  }
}

/// Takes every scan and answers none.
private struct SilentLane: PlayedLane {
  let isIdle = false
  let isOffline = false

  func send(_ scans: [PlannedScan]) {}
  func run() {}
}

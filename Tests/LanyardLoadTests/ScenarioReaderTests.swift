import Foundation
import LanyardDomain
import LanyardLoad
import LanyardTexts
import Testing

@Suite("Scenario files")
struct ScenarioReaderTests {
  private static let phases = "phases: [{length: 10m, arrivals: {constant: 40}}]"

  /// The faults of a scenario, each as it is printed.
  private static func faults(_ yaml: String, folder: URL? = nil) -> [String] {
    do throws(ScenarioFaults) {
      _ = try Scenario(yaml: yaml, name: "test", folder: folder)
      return []
    } catch {
      return error.faults.map(\.english)
    }
  }

  @Test("Reads every key")
  func everyKey() throws {
    let scenario = try Scenario(
      yaml: """
        summary: >
          Does it hold?
        people: 3000
        place: rooms
        lanes: 4
        room_capacity: 250
        service: 4s
        service_variation: 0.5
        loop: {closed: {window: 32}}
        seed: 18446744073709551615
        phases:
          - {name: first, length: 1m30s, arrivals: {constant: 40}}
          - {length: 1h, arrivals: {ramp: {from: 0, to: 80.5}}}
          - {name: last, length: 90m, arrivals: {surge: {people: 3000}}}
        mix: {good: 96, wrong-door: 0, by-name: 1.5}
        watchers: {rosters: 3, attendance: 2, screens: 64}
        offline: [{at: 0s, length: 10s, lanes: 2}]
        faults:
          - {at: 1m, kill: {after: 5s}}
          - {at: 2m, freeze: 5s}
          - {at: 3m, cut: {lanes: [1, 4], for: 30s}}
          - {at: 4m, black_hole: {lanes: [2], for: 30s}}
          - {at: 5m, slow: {lanes: [3], by: 200ms, for: 30s}}
          - {at: 6m, flap: {lanes: [1], every: 2s, for: 30s}}
          - {at: 7m, freeze_lane: {lane: 3, for: 5s}}
          - {at: 8m, full_disk: 10s}
          - {at: 9m, clock_back: 2m}
        targets:
          {p50: 5ms, p99: 50ms, p999: 250ms, attendance_p99: 1s, p99_growth: 1.5, errors: 0.1%, server_memory: 200,
           lanes_silent: 4s}
        """,
      name: "all"
    )
    var expected = Scenario(name: "all")
    expected.summary = "Does it hold?"
    (expected.people, expected.place, expected.lanes, expected.roomCapacity) = (3000, .rooms, 4, 250)
    (expected.service, expected.serviceVariation) = (.seconds(4), 0.5)
    (expected.loop, expected.seed) = (.closed(window: 32), .max)
    expected.phases = [
      Phase(name: "first", length: .seconds(90), arrivals: .constant(perSecond: 40)),
      Phase(name: "phase 2", length: .seconds(3600), arrivals: .ramp(from: 0, to: 80.5)),
      Phase(name: "last", length: .seconds(5400), arrivals: .surge(people: 3000)),
    ]
    expected.mix.weights = [.good: 96, .wrongDoor: 0, .byName: 1.5]
    (expected.watchers.rosters, expected.watchers.attendance, expected.watchers.screens) = (3, 2, 64)
    expected.offline = [.init(at: .zero, length: .seconds(10), lanes: 2)]
    let kinds: [ScheduledFault.Kind] = [
      .kill(after: .seconds(5)), .freeze(.seconds(5)), .cut(lanes: [0, 3], .seconds(30)),
      .blackHole(lanes: [1], .seconds(30)), .slow(lanes: [2], by: .milliseconds(200), .seconds(30)),
      .flap(lanes: [0], every: .seconds(2), .seconds(30)), .freezeLane(2, .seconds(5)), .fullDisk(.seconds(10)),
      .clockBack(.seconds(120)),
    ]
    expected.faults = kinds.enumerated().map { ScheduledFault(at: .seconds(60 * ($0 + 1)), kind: $1) }
    (expected.targets.p50, expected.targets.p99) = (.milliseconds(5), .milliseconds(50))
    (expected.targets.p999, expected.targets.lanesSilent) = (.milliseconds(250), .seconds(4))
    (expected.targets.errorShare, expected.targets.attendanceP99) = (0.001, .seconds(1))
    (expected.targets.p99Growth, expected.targets.serverMemory) = (1.5, 200)
    #expect(scenario == expected)
    #expect(scenario.length == .seconds(90 + 3600 + 5400))
  }

  @Test("Takes what is not written as one lane operator would expect it")
  func defaults() throws {
    var expected = Scenario(name: "test")
    expected.phases = [Phase(name: "phase 1", length: .seconds(600), arrivals: .constant(perSecond: 40))]
    #expect(try Scenario(yaml: Self.phases, name: "test") == expected)
  }

  @Test("Names all faults of a file at once, each with its line, its key and what to do")
  func allFaults() {
    let faults = Self.faults(
      """
      people: many
      lane: 8
      phases:
        - length: 10m
          arrivals: {constant: 40}
        - length: 10
          arrivals:
            constant: fast
      targets:
        errors: 0.1
      """
    )
    #expect(
      faults == [
        "line 1: people is \"many\"; write how many are registered, 1 to 200000",
        "line 2: lane is not a key that can stand here; did you mean lanes?",
        "line 6: phases[1].length is \"10\"; write how long it lasts, more than nothing and up to 168 h, such as 90m",
        "line 8: phases[1].arrivals.constant is \"fast\"; write a number of scans a second, 0 to 100000, such as 40",
        "line 10: targets.errors is \"0.1\"; write the share of operations that may fail, 0% to 100%, such as 0.1%",
      ]
    )
  }

  @Test(
    "Refuses what a key does not take",
    arguments: [
      ("lanes: 513", "lanes is \"513\"; write how many lanes or rooms there are, 1 to 512"),
      ("lanes: [8]", "lanes is a list; write how many"),
      ("lanes:", "lanes is empty; give it a value or take the key out"),
      ("place: room", "place is \"room\"; did you mean rooms?"),
      ("people: 3,000", "people is \"3,000\"; write how many are registered, 1 to 200000"),
      ("service: 2h", "service is \"2h\"; write how long one person keeps a lane, up to 1 h, such as 4s"),
      ("service_variation: .nan", "service_variation is \".nan\"; write"),
      ("loop: closed", "loop is \"closed\"; write open or {closed: {window: 32}}"),
      ("loop: {closed: {}}", "loop.closed.window is missing; write how many scans of a lane are under way at once"),
      ("seed: -1", "seed is \"-1\"; write a whole number, 0 to 18446744073709551615"),
      ("mix: {god: 1}", "mix.god is not a key that can stand here; did you mean good?"),
      ("mix: {good: -1}", "mix.good is \"-1\"; write a weight, 0 to 1000000"),
      ("mix: {good: 0}", "mix has no weight above 0, so that nobody comes"),
      ("mix: {}", "mix has no weight above 0, so that nobody comes"),
      (
        "watchers: {rosters: 1001}", "watchers.rosters is \"1001\"; write how many devices follow the roster, 0 to 1000"
      ),
      ("targets: {p99: 0ms}", "targets.p99 is \"0ms\"; write the longest time that it may be, more than nothing"),
      (
        "targets: 50ms",
        "targets is \"50ms\"; write the keys p50, p99, p999, registrations_p99, attendance_p99, p99_growth, errors, "
          + "server_memory, lanes_silent"
      ),
      (
        "targets: {registrations_p99: 1s}",
        "targets.registrations_p99 is of registrations, and nobody registers; give mix a weight such as registers: 1"
      ),
      (
        "targets: {attendance_p99: 1s}",
        "targets.attendance_p99 is of those who watch the attendance, and nobody does; give watchers a number such as"
      ),
      (
        "{targets: {attendance_p99: 1s}, watchers: {attendance: 1}, mix: {forged: 1, revoked: 1}}",
        "targets.attendance_p99 is of people who go in, and nobody does; give mix a weight such as good: 1"
      ),
      (
        "targets: {p99_growth: 2}",
        "targets.p99_growth compares the last phase with the first, and there is no other; write two or more"
      ),
      ("targets: {p99_growth: 0.5}", "targets.p99_growth is \"0.5\"; write how many times the first phase's p99"),
      ("targets: {server_memory: 0}", "targets.server_memory is \"0\"; write how many MB the server may hold"),
      ("room_capacity: 5", "room_capacity is of rooms, and place is entrances"),
      ("{lanes: 1, mix: {copied: 1}}", "mix.copied takes two lanes, and there is one"),
      ("{place: rooms, mix: {wrong-door: 1}}", "mix.wrong-door is of entrances, and place is rooms"),
      ("summary: \"a\\u202eb\"", "summary holds the character U+202E"),
      ("7: 8", "7 is not a key that can stand here; known are: summary, people"),
      ("offline: [{at: 1s, length: 5s, lanes: 9}]", "offline[0].lanes is 9, and there are 8 lanes; write 1 to 8"),
      (
        "offline: [{length: 5s, lanes: 1}]", "offline[0].at is missing; write when it begins, from the start of the run"
      ),
      ("offline: 5", "offline is \"5\"; write a list of spells without the network"),
      ("faults: [{at: 1s}]", "faults[0] has none of kill, freeze, cut"),
      ("faults: [{at: 1s, freeze: 1s, full_disk: 1s}]", "faults[0] has more than one of kill, freeze, cut"),
      ("faults: [{at: 1s, kil: {after: 5s}}]", "faults[0].kil is not a key that can stand here; did you mean kill?"),
      ("faults: [{at: 1s, kill: 5s}]", "faults[0].kill is \"5s\"; write the keys after"),
      ("faults: [{at: 10m, freeze: 5s}]", "faults[0].at is 10 min, and the run ends after 10 min; write less"),
      ("faults: [{at: 9m, freeze: 2m}]", "faults[0] ends after 11 min, and the run after 10 min"),
      ("faults: [{at: 1s, cut: {lanes: [9], for: 1s}}]", "faults[0].cut.lanes names lane 9, and there are 8"),
      (
        "faults: [{at: 1s, cut: {lanes: [0], for: 1s}}]",
        "faults[0].cut.lanes[0] is \"0\"; write a lane, counted from 1"
      ),
      ("faults: [{at: 1s, cut: {lanes: [], for: 1s}}]", "faults[0].cut.lanes has no entry; write lanes"),
      ("faults: [{at: 1s, cut: {lanes: [2, 2], for: 1s}}]", "faults[0].cut.lanes[1] is 2 again; keep one of them"),
      ("faults: [{at: 1s, slow: {lanes: [1], for: 1s}}]", "faults[0].slow.by is missing; write how much longer"),
      (
        "faults: [{at: 1s, freeze_lane: {lane: 9, for: 1s}}]",
        "faults[0].freeze_lane.lane names lane 9, and there are 8"
      ),
      (
        "faults: [{at: 5s, freeze: 9s}, {at: 8s, kill: {after: 1s}}]",
        "faults[1] begins after 8 s, while faults[0] still lasts, until 14 s, for the same part; move one of them"
      ),
      (
        "faults: [{at: 5s, freeze: 9s}, {at: 8s, clock_back: 1m}]",
        "faults[1] begins after 8 s, while faults[0] still lasts, until 14 s, for the same part; move one of them"
      ),
      (
        "faults: [{at: 5s, clock_back: 1m}, {at: 5500ms, freeze: 1s}]",
        "faults[1] begins after 5.5 s, while faults[0] still lasts, until 6 s, for the same part; move one of them"
      ),
      (
        "{offline: [{at: 5s, length: 9s, lanes: 2}], faults: [{at: 8s, cut: {lanes: [2], for: 1s}}]}",
        "faults[0] begins after 8 s, while offline[0] still lasts"
      ),
    ]
  )
  func refusal(yaml: String, reason: String) throws {
    let isFlow = yaml.hasPrefix("{")
    let whole = isFlow ? yaml.dropLast() + ",\n\(Self.phases)}" : "\(Self.phases)\n\(yaml)"
    let faults = Self.faults(String(whole))
    #expect(faults.count == 1)
    #expect(faults.first?.hasPrefix("line \(isFlow ? 1 : 2): \(reason)") == true, "\(faults)")
  }

  @Test(
    "Refuses phases that cannot be played",
    arguments: [
      ("lanes: 8", "phases is missing; write what happens"),
      ("phases: []", "line 1: phases has no entry"),
      ("phases: 5", "line 1: phases is \"5\"; write a list of phases"),
      ("phases: [5]", "line 1: phases[0] is \"5\"; write the keys name, length, arrivals"),
      ("phases: [{arrivals: {constant: 4}}]", "line 1: phases[0].length is missing; write how long it lasts"),
      ("phases: [{length: 8d, arrivals: {constant: 4}}]", "line 1: phases[0].length is \"8d\"; write how long"),
      ("phases: [{length: 1m}]", "line 1: phases[0].arrivals is missing; write how people come"),
      ("phases: [{length: 1m, arrivals: 40}]", "line 1: phases[0].arrivals is \"40\"; write how people come"),
      ("phases: [{length: 1m, arrivals: {}}]", "line 1: phases[0].arrivals has none of constant, ramp"),
      ("phases: [{length: 1m, arrivals: {constant: 1e6}}]", "line 1: phases[0].arrivals.constant is \"1e6\""),
      ("phases: [{length: 1m, arrivals: {constant: 0}}]", "line 1: phases bring nobody"),
      ("phases: [{length: 1m, arrivals: {ramp: {from: 1}}}]", "line 1: phases[0].arrivals.ramp.to is missing"),
      ("phases: [{length: 1m, arrivals: {surge: {people: 0}}}]", "line 1: phases[0].arrivals.surge.people is \"0\""),
      (
        "phases: [{length: 1m, arrivals: {replay: day.jsonl}}]",
        "line 1: phases[0].arrivals.replay needs a scenario that"
      ),
      (
        "phases: [{length: 1d, arrivals: {constant: 60}}]",
        "line 1: phases bring about 5184000 arrivals; lower the rates"
      ),
      (
        "phases: [{length: 4d, arrivals: {constant: 1}}, {length: 4d, arrivals: {constant: 1}}]",
        "line 1: phases last 192 h together"
      ),
      (
        "phases: [{name: a, length: 1m, arrivals: {constant: 1}}, {name: a, length: 1m, arrivals: {constant: 1}}]",
        "line 1: phases[1].name is \"a\", as another phase is called"
      ),
    ]
  )
  func phases(yaml: String, reason: String) {
    let faults = Self.faults(yaml)
    #expect(faults.count == 1)
    #expect(faults.first?.hasPrefix(reason) == true, "\(faults)")
  }

  @Test("Bounds phases, and the faults that it lists")
  func bounds() throws {
    let phases = String(repeating: "  - {length: 1s, arrivals: {constant: 1}}\n", count: 101)
    #expect(Self.faults("phases:\n\(phases)") == ["line 1: phases has 101 entries; at most 100 are allowed"])
    let keys = (0..<300).map { "unknown\($0): 1" }.joined(separator: "\n")
    let error = try #require(throws: ScenarioFaults.self) {
      try Scenario(yaml: "\(Self.phases)\n\(keys)", name: "test")
    }
    #expect(error.faults.count == 200)
    #expect(error.unlisted == 100)
    #expect(error.lines(in: .of(.english)).last == "  and 100 more")
  }

  @Test("A search has targets that can break, and nothing else that happens")
  func search() throws {
    let search = "search: {from: 500, factor: 2, step: 10s, steps: 5}"
    let scenario = try Scenario(yaml: "\(search)\ntargets: {p99: 50ms}", name: "test")
    #expect(scenario.search == .init(from: 500, factor: 2, step: .seconds(10), steps: 5))
    #expect(scenario.length == .seconds(50))
    #expect(
      Self.faults(search) == ["line 1: search ends where a target breaks; give one, such as targets: {p99: 50ms}"]
    )
    let faults = Self.faults(
      "\(search)\ntargets: {p99: 5ms}\nloop: {closed: {window: 1}}\nfaults: [{at: 1s, freeze: 1s}]"
    )
    #expect(
      faults == [
        "line 3: loop cannot be closed beside search, which sets a rate that a closed loop has not; write loop: open",
        "line 4: faults cannot stand beside search, which measures what a sound system carries; take one of them out",
      ]
    )
    #expect(
      Self.faults("\(search)\ntargets: {p99: 5ms, attendance_p99: 1s}").first?.contains("targets.attendance_p99")
        == true
    )
    let both = Self.faults("\(search)\ntargets: {p99: 5ms}\n\(Self.phases)")
    #expect(both.first?.hasPrefix("line 3: phases cannot stand beside search") == true)
    // What is wrong with each is said all the same, also where the search cannot be read itself.
    let all = Self.faults(
      """
      search: {from: fast, factor: 2, step: 10s, steps: 5}
      phases:
        - {length: 10, arrivals: {constant: fast}}
        - {lenght: 3s}
      faults: [{at: 1s, freeze: 1s}]
      loop: {closed: {window: 0}}
      offline: [{at: 1s, length: 1s, lanes: 1}]
      targets: {p99: 5ms}
      """
    )
    for words in [
      "line 1: search.from", "line 2: phases cannot stand beside search", "line 3: phases[0].length",
      "line 3: phases[0].arrivals.constant", "line 4: phases[1].lenght", "line 5: faults cannot stand beside search",
      "line 6: loop cannot be closed beside search", "line 6: loop.closed.window",
      "line 7: offline cannot stand beside search",
    ] { #expect(all.contains { $0.hasPrefix(words) }, "\(words) is not in \(all)") }
    let steep = Self.faults("search: {from: 500, factor: 10, step: 10s, steps: 5}\ntargets: {p99: 5ms}")
    #expect(steep.first?.hasPrefix("line 1: search ends at 5000000 scans a second") == true)
  }
}

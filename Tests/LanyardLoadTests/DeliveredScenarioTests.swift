import Foundation
import LanyardDomain
import LanyardTexts
import Testing

@testable import LanyardLoad

@Suite("Scenarios that come with Lanyard")
struct DeliveredScenarioTests {
  @Test("Each is read, says what it answers and has targets", arguments: Scenario.delivered)
  func reads(name: String) throws {
    let scenario = try Scenario.named(name)
    #expect(scenario.name == name)
    #expect(scenario.summary.hasSuffix("?"))
    #expect(scenario.targets != .init())
  }

  @Test("The smallest has each kind of arrival, and the bad one each kind of fault")
  func complete() throws {
    #expect(try Set(Scenario.named("smoke").mix.weights.keys) == Set(Mix.Kind.allCases))
    #expect(try Scenario.named("smoke").length == .seconds(30))
    let kinds = try Scenario.named("bad-morning").faults.map { fault in
      switch fault.kind {
      case .kill: "kill"
      case .freeze: "freeze"
      case .cut: "cut"
      case .blackHole: "black hole"
      case .slow: "slow"
      case .flap: "flap"
      case .freezeLane: "freeze lane"
      case .fullDisk: "full disk"
      case .clockBack: "clock back"
      }
    }
    #expect(Set(kinds).count == 9)
    #expect(try !Scenario.named("bad-morning").offline.isEmpty)
  }

  @Test("Its faults are told in every language, and the keys of the file stay", arguments: Language.allCases)
  func languages(language: Language) throws {
    let yaml = "lanes: many\nloop: closed\nmix: {god: 1}\nsearch: {from: fast}\nfaults: [{at: 1s}]\nphases: []"
    let error = try #require(throws: ScenarioFaults.self) { try Scenario(yaml: yaml, name: "trial") }
    let lines = error.lines(in: .of(language))
    let english = error.lines(in: .of(.english))
    #expect(lines.count == english.count && lines.count > 6)
    for (line, inEnglish) in zip(lines, english) {
      #expect(language == .english || line != inEnglish)
      #expect(!line.contains("scenario.") && !line.contains("what."))
    }
    #expect(lines.contains { $0.contains("mix.god") } && lines.contains { $0.contains("{closed: {window: 32}}") })
  }

  @Test("The manual names each and no other, and says how large the disk is that is made full")
  func manual() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let manual = try String(
      contentsOf: root.appending(path: "Sources/lanyard/Manual.docc/LoadTests.md"),
      encoding: .utf8
    )
    let section = try #require(manual.components(separatedBy: "### Scenarios that come with Lanyard").dropFirst().first)
    let rows = section.components(separatedBy: "\n#")[0].components(separatedBy: "\n| `").dropFirst()
    #expect(rows.compactMap { $0.split(separator: "`").first.map(String.init) }.sorted() == Scenario.delivered)
    #expect(manual.contains("a disk of \(RunGround.diskMegabytes) MB"))
  }

  @Test("One asks for answer times at a thousand scans a second over 64 lanes")
  func peak() throws {
    let scenario = try Scenario.named("peak")
    #expect(scenario.lanes == 64 && scenario.phases.map(\.arrivals) == [.constant(perSecond: 1_000)])
    let targets = scenario.targets
    #expect(targets.p50 == .milliseconds(3) && targets.p99 == .milliseconds(10) && targets.p999 == .milliseconds(50))
    #expect(targets.errorShare == 0 && scenario.loop == .open)
  }

  @Test("A name that is none of them is met with the nearest")
  func unknown() throws {
    let error = try #require(throws: ScenarioFaults.self) { try Scenario.named("smok") }
    #expect(
      error.lines(in: .of(.english)) == [
        "the scenario smok cannot be played:",
        "  is none that comes with Lanyard; did you mean smoke?; or write a file's path, such as ./smok.yaml",
      ]
    )
  }
}

import Foundation
import LanyardDomain
import Testing

@testable import LanyardLoad

@Suite("Scenario files as files")
struct ScenarioDocumentTests {
  private static let phases = "phases: [{length: 10m, arrivals: {constant: 40}}]"

  private static func faults(_ yaml: String) -> [String] {
    do throws(ScenarioFaults) {
      _ = try Scenario(yaml: yaml, name: "test")
      return []
    } catch {
      return error.faults.map(\.english)
    }
  }

  /// A folder that is there while the body runs.
  private static func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(component: "scenario-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // a folder left in /tmp harms nobody
    try body(folder)
  }

  @Test(
    "Says in which line a text is no YAML, or no scenario",
    arguments: [
      ("", "is empty; write phases"),
      ("# nothing\n", "is empty; write phases"),
      ("- 1\n", "is a list; write the keys summary, people"),
      ("lanes: 8\n\tpeople: 5\n", "line 2: this is not YAML"),
      ("lanes: [8\npeople: 5\n", "line 2: this is not YAML"),
      ("lanes: 8\npeople: 5\nlanes: 9\n", "line 3: lanes is given twice; keep one of them"),
      ("lanes: 8\n---\nlanes: 9\n", "line 2: another document begins here"),
      ("lanes: 8\npeople: \u{1}\n", "line 2: a character that no text holds"),
      ("? [a]\n: 8\n", "has a list for a key; write a name and a colon"),
      ("lanes: &eight 8\npeople: *eight\n", "line 2: *eight would stand for a value elsewhere"),
      ("a: [&x [], {[*x]: 1}]", "line 1: *x would stand for a value elsewhere"),
    ]
  )
  func document(yaml: String, reason: String) {
    let faults = Self.faults(yaml)
    #expect(faults.contains { $0.hasPrefix(reason) }, "\(faults)")
  }

  @Test("Refuses a text that is too long or too deep")
  func tooMuch() {
    #expect(Self.faults(String(repeating: "#", count: 1 << 20) + "\n").first?.hasPrefix("is longer than 1 MiB") == true)
    for nesting in ["[", "- ", "{a: "] {
      let faults = Self.faults("people: 5\n" + String(repeating: nesting, count: 5_000))
      #expect(faults == ["line 2: lists and keys lie too deep in one another here; write them flatter"])
    }
  }

  @Test("Reads a text nested deeper than anybody writes without harm")
  func deep() {
    let yaml = "faults: " + String(repeating: "[", count: 39) + String(repeating: "]", count: 39)
    #expect(Self.faults("\(Self.phases)\n\(yaml)").first?.hasPrefix("line 2: faults[0] is a list") == true)
  }

  @Test("Says of a file that it is not there, is a folder, is no UTF-8 or too long")
  func files() throws {
    try Self.withFolder { folder in
      func fault(_ name: String) throws -> String? {
        let error = #expect(throws: ScenarioFaults.self) { try Scenario.named(folder.appending(component: name).path) }
        return error?.faults.first?.english
      }
      #expect(try fault("missing.yaml")?.hasPrefix("there is no file") == true)
      #expect(try fault("") == "is no file; write the path of one")
      try Data("lanes: 8\n# caf\u{e9}".unicodeScalars.map { UInt8($0.value) }).write(
        to: folder.appending(component: "old.yaml")
      )
      #expect(try fault("old.yaml") == "line 2: this is not UTF-8 in column 6; save the file as UTF-8")
      try Data(count: 1 + 1 << 20).write(to: folder.appending(component: "long.yaml"))
      #expect(try fault("long.yaml")?.hasPrefix("is longer than 1 MiB") == true)
      let good = folder.appending(component: "good.yaml")
      try Data(Self.phases.utf8).write(to: good)
      #expect(try Scenario.named(good.path).name == "good")
    }
  }

  @Test("Replays a recorded day from its first arrival, without ways out and what was taken back")
  func replay() throws {
    let day = """
      {"scan":"a","checkpoint":"lane-1","answer":"ADMITTED","direction":"IN","at":"2024-05-27T08:30:01.500Z","undone":false}
      {"scan":"b","answer":"REFUSED","reason":"FORGED","at":"2024-05-27T08:30:01Z","undone":false}

      {"scan":"c","answer":"LEFT","at":"2024-05-27T08:30:00Z","undone":false}
      {"scan":"d","answer":"ADMITTED","at":"2024-05-27T08:30:00Z","undone":true}
      2024-05-27T10:30:05+02:00
      2024-05-27T09:30:00Z
      """
    try Self.withFolder { folder in
      let file = folder.appending(component: "day.yaml")
      try Data("phases: [{length: 1m, arrivals: {replay: day.jsonl}}]".utf8).write(to: file)
      try Data(day.utf8).write(to: folder.appending(component: "day.jsonl"))
      let scenario = try Scenario(file: file)
      #expect(scenario.phases[0].arrivals == .replay([.zero, .milliseconds(500), .seconds(4)]))
      let recording = try #require(scenario.recordings["phase 1"])
      #expect(recording == Recording(scans: 4, played: 3, begins: "2024-05-27T08:30:01Z", days: 1))
    }
  }

  @Test("Says how much of a recorded day is played, and of how many days it is, beside the verdict and in it")
  func replayedInPart() throws {
    let early = #"{"answer":"ADMITTED","at":"2024-05-27T06:30:00.5Z","local":"2024-05-27 08:30:00"}"#
    let later = (0..<1_618).map { number in
      let minute = 31 + number / 60 % 20
      return "{\"answer\":\"ADMITTED\",\"at\":\"2024-05-27T06:\(minute):18Z\",\"local\":\"2024-05-27 08:\(minute):18\"}"
    }
    try Self.withFolder { folder in
      let file = folder.appending(component: "day.yaml")
      func recorded(_ lines: [String]) throws -> RunReport {
        try Data("phases: [{name: all, length: 12s, arrivals: {replay: day.jsonl}}]".utf8).write(to: file)
        try Data(lines.joined(separator: "\n").utf8).write(to: folder.appending(component: "day.jsonl"))
        return try RunVerdictTests.report(RunVerdictTests.scanned(), Scenario(file: file).faster(by: 2)) { _ in }
      }
      let report = try recorded(later + [early])
      let words =
        "1 of 1,619 scans of the recorded day are played in the phase “all”, which begins with the first of them, of "
        + "2024-05-27 08:30:00; the rest is later than its end."
      #expect(RunText(report).lines().contains(words) && ReportPage(report).html.contains(words))
      #expect(report.verdict == .pass)
      #expect(report.sentence.contains("; of the recorded day only 1 of 1,619 scans were played"), "\(report.sentence)")
      let read = try RunReport(reading: JSONEncoder().encode(report), named: "a")
      #expect(read.recorded.map(\.day.scans) == [1_619] && read.recorded.map(\.phase) == ["all"])
      // All of a day is told beside the verdict alone.
      let whole = try recorded([early])
      #expect(
        !whole.sentence.contains("recorded") && whole.recordedWords[0].hasPrefix("All 1 scan of the recorded day")
      )
      // Late on one day there is early on the next elsewhere; what counts is the clock of the place.
      let next = #"{"answer":"ADMITTED","at":"2024-05-28T06:30:00Z","local":"2024-05-28 08:30:00"}"#
      #expect(try recorded([next, early]).recordedWords[0].hasPrefix("1 of 2 scans of the recorded 2 days are played"))
      let times = ["2024-05-27T23:30:00-04:00", "2024-05-28T03:30:05Z"]
      #expect(try recorded(times).recorded.map(\.day.days) == [2])
    }
  }

  @Test("Reads a day that Windows has saved, and says of another encoding what to do")
  func encodings() throws {
    let day = "2024-05-27T08:30:01Z\r\n2024-05-27T08:30:03Z\r\n"
    try Self.withFolder { folder in
      let file = folder.appending(component: "day.yaml")
      let mark = Data([0xEF, 0xBB, 0xBF])
      try (mark + Data("phases: [{length: 1m, arrivals: {replay: day.jsonl}}]\r\n".utf8)).write(to: file)
      let recorded = folder.appending(component: "day.jsonl")
      try (mark + Data(day.utf8)).write(to: recorded)
      #expect(try Scenario(file: file).phases[0].arrivals == .replay([.zero, .seconds(2)]))
      for bytes in [
        Data([0xFF, 0xFE]) + (day.data(using: .utf16LittleEndian) ?? Data()),
        day.data(using: .utf16BigEndian) ?? Data(), day.data(using: .utf16LittleEndian) ?? Data(),
      ] {
        try bytes.write(to: recorded)
        let error = #expect(throws: ScenarioFaults.self) { try Scenario(file: file) }
        #expect(
          error?.faults.first?.english
            == "line 1: phases[0].arrivals.replay cannot be read from \"day.jsonl\": it is no UTF-8, but perhaps UTF-16; save it "
            + "as UTF-8"
        )
      }
    }
  }

  @Test(
    "Says which line of a recorded day is wrong",
    arguments: [
      (
        "2024-05-27T08:30:01Z\nyesterday\n",
        "its line 2 has the time \"yesterday\"; write times as 2024-05-27T08:30:00+02:00"
      ),
      ("{\"at\": 5}\n", "its line 1 is no scan; write lines as lanyard attendance scans --json prints them"),
      ("{\"at\": \"\"}\n", "its line 1 has the time \"\"; write times as"),
    ]
  )
  func replayFaults(day: String, reason: String) throws {
    try Self.withFolder { folder in
      let file = folder.appending(component: "day.yaml")
      try Data("phases: [{length: 1m, arrivals: {replay: day.jsonl}}]".utf8).write(to: file)
      func fault() -> String? {
        #expect(throws: ScenarioFaults.self) { try Scenario(file: file) }?.faults.first?.english
      }
      let place = "line 1: phases[0].arrivals.replay"
      #expect(fault()?.hasPrefix("\(place) cannot be read from \"day.jsonl\": it is not there") == true)
      try Data(day.utf8).write(to: folder.appending(component: "day.jsonl"))
      #expect(
        fault()?.hasPrefix("\(place) cannot be read from \"day.jsonl\": \(reason)") == true,
        "\(fault() ?? "none")"
      )
      try Data().write(to: folder.appending(component: "day.jsonl"))
      #expect(fault() == "\(place) has no scan in \"day.jsonl\"; write another file")
      try Data("phases: [{length: 1m, arrivals: {replay: ../day.jsonl}}]".utf8).write(to: file)
      #expect(fault()?.hasPrefix("\(place) is \"../day.jsonl\"; put the file beside the scenario's") == true)
    }
  }
}

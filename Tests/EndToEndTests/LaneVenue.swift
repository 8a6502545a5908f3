import Foundation
import LanyardDomain
import LanyardLoad
import LanyardScanner
import LanyardTesting
import Testing

/// A data folder with the forum and its badges, a server process that can be killed and started again, and the record to
/// compare with what operators saw.
final class LaneVenue {
  /// One scan on record.
  struct Recorded: Decodable {
    let scan: String
    let answer: String
    let reason: String?
    let at: String
    let undone: Bool
    let checkpoint: String
  }

  /// Two admissions that contradict one another.
  struct Conflict: Decodable {
    let reason: String
    let scan: String
    let earlierScan: String?

    private enum CodingKeys: String, CodingKey {
      case reason, scan
      case earlierScan = "earlier_scan"
    }
  }

  let data: URL
  /// Codes of badges whose bearers may go in.
  let codes: [String]
  private(set) var server: LanyardServerProcess
  private let began = ContinuousClock.now

  /// - Parameters:
  ///   - people: How many badges there are.
  ///   - address: Where the server listens.
  ///   - arguments: What the server is told beside the time that it rehearses.
  init(in folder: URL, people: Int, address: Endpoint = .loopback(port: 0), arguments: [String] = []) throws {
    data = folder.appending(path: "data")
    _ = try LanyardProgram.run(["certs", "init"], data: data)
    server = try LanyardServerProcess(
      data: data,
      address: address,
      arguments: ["--rehearse-at", "2024-05-27T08:30:00+02:00"] + arguments
    )
    _ = try LanyardProgram.run(["event", "import", SampleData.url("programme.json").path], data: data)
    let csv = folder.appending(path: "people.csv")
    let rows = (0..<people).map { "person\($0)@example.org,Person \($0),Government,ONSITE,\($0 == 1 ? "fr" : "")" }
    let text = (["email,given_name,stakeholder_group,participation,language"] + rows).joined(separator: "\n")
    try Data(text.utf8).write(to: csv)
    _ = try LanyardProgram.run(["registrations", "import", csv.path, "--event", SampleData.forum], data: data)
    _ = try LanyardProgram.run(["badge", "issue", "--event", SampleData.forum, "--all"], data: data)
    codes = try LanyardProgram.run(["badge", "list", "--event", SampleData.forum, "--codes"], data: data).output
      .split(separator: "\n").map(String.init)
    #expect(codes.count == people)
  }

  /// Starts the server again at its old address; for it, time has gone on.
  func startAgain() throws {
    // Rounded up, so that the rehearsed clock never runs backwards.
    let elapsed = Int(began.duration(to: .now) / .seconds(1)) + 2
    let (minutes, seconds) = (30 + elapsed / 60, elapsed % 60)
    let moment = "2024-05-27T08:\(minutes):\(seconds < 10 ? "0" : "")\(seconds)+02:00"
    server = try LanyardServerProcess(data: data, address: server.address, arguments: ["--rehearse-at", moment])
  }

  /// A device that is enrolled through `address`.
  func enrol(_ name: String, at checkpoint: String, through address: Endpoint) throws -> URL {
    try enrol(name, at: [checkpoint], through: address)
  }

  /// A device that is enrolled for several checkpoints.
  ///
  /// - Parameter arguments: What `lanyard scan enrol` is told beside the link.
  func enrol(_ name: String, at checkpoints: [String], through address: Endpoint, arguments: [String] = []) throws
    -> URL
  {
    let made = try LanyardProgram.run(
      ["device", "code", "--event", SampleData.forum, "--name", name, "--address", "\(address)", "--json"]
        + checkpoints.flatMap { ["--checkpoint", $0] },
      data: data
    )
    let link = try #require(made.json().first?["link"] as? String)
    let folder = data.deletingLastPathComponent().appending(path: name)
    let enrolled = try LanyardProgram.run(["scan", "enrol", link, "--device", folder.path] + arguments, data: data)
    #expect(enrolled.status == 0, "\(enrolled.errors)")
    return folder
  }

  /// Ends a lane's input; where scans still wait on it, as on a machine that is busy, starts it again until none do.
  func finish(_ lane: LaneProcess, _ arguments: [String]) throws {
    var status = lane.finish()
    try HangGuard.wait {
      if status == 3 { status = try LaneProcess(arguments, data: data).finish() }
      return status != 3
    }
    #expect([0, 1].contains(status))
  }

  /// All scans on record that were not taken back, by id.
  func record() throws -> [String: [Recorded]] {
    let listed = try LanyardProgram.run(["attendance", "scans", "--event", SampleData.forum, "--json"], data: data)
    let scans = try listed.output.split(separator: "\n").map {
      try JSONDecoder().decode(Recorded.self, from: Data($0.utf8))
    }
    return Dictionary(grouping: scans.filter { !$0.undone }, by: \.scan)
  }

  /// Waits until as many lanes that keep their journals in a folder have a whole roster, with which they can go on by
  /// themselves.
  static func waitForRosters(_ count: Int, in folder: URL) throws {
    try HangGuard.wait {
      guard FileManager.default.fileExists(atPath: folder.path) else { return false }
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sqlite") }
      return try files.map { folder.appending(path: $0).path }.count { path in
        // A lane writes that down once it has made its tables; who opens the file before makes them too.
        try LaneJournal.holding(at: path).origin != nil && !LaneJournal(path: path).roster().cursor.isEmpty
      } >= count
    }
  }

  func conflicts() throws -> [Conflict] {
    let listed = try LanyardProgram.run(["attendance", "conflicts", "--event", SampleData.forum, "--json"], data: data)
    return try listed.output.split(separator: "\n").map { try JSONDecoder().decode(Conflict.self, from: Data($0.utf8)) }
  }

  /// Expects every answer that an operator saw in the record exactly once, as it was shown, and no badge inside twice
  /// without a conflict.
  func expectRecorded(_ shown: [LaneProcess.Shown]) throws {
    let record = try record()
    #expect(Set(shown.map(\.scan)).count == shown.count)
    for answer in shown where answer.answer != "NOT_RECORDED" {
      let found = record[answer.scan] ?? []
      #expect(found.map(\.answer) == [answer.answer], "scan \(answer.scan)")
      #expect(found.map(\.reason) == [answer.reason], "scan \(answer.scan)")
    }
    let codes = Dictionary(shown.map { ($0.scan, $0.code) }, uniquingKeysWith: { first, _ in first })
    let known = Set(try conflicts().map { "\($0.earlierScan ?? "") \($0.scan)" })
    let passages = record.values.joined().filter { $0.answer != "REFUSED" && codes[$0.scan] != nil }
    for (_, ofBadge) in Dictionary(grouping: passages, by: { codes[$0.scan] ?? "" }) {
      let inOrder = ofBadge.sorted { $0.at < $1.at }
      for (earlier, later) in zip(inOrder, inOrder.dropFirst())
      where earlier.answer == "ADMITTED" && later.answer == "ADMITTED" {
        #expect(
          known.contains("\(earlier.scan) \(later.scan)") || known.contains("\(later.scan) \(earlier.scan)"),
          "\(earlier) and \(later)"
        )
      }
    }
  }
}

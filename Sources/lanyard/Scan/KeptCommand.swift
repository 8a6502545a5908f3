import ArgumentParser
import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts
import SwiftProtobuf

/// `lanyard scan kept`.
struct KeptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kept",
    abstract: "List what a device keeps: scans that wait to be uploaded, and those that the server did not take.",
    discussion: """
      A scan that the server did not take stays on the device with the server's reason, so that nothing is lost unseen. \
      Once it is settled, as by a correction at the desk, erase it: its badge's code lies on the device until then.

      It looks where `lanyard scan` keeps them: give it the same --device, --data, --server and --token.
      """
  )

  /// The most refused scans of one journal that are listed.
  private static let limit = 1000

  @OptionGroup var server: ServerOptions
  @OptionGroup(title: HelpText.connection) var own: LaneDevice
  @Flag(name: .long, help: "Let the scans that were not taken wait once more; the next `lanyard scan` sends them.")
  var sendAgain = false
  @Flag(name: .long, help: "Erase the scans that were not taken, for good.")
  var eraseRefused = false
  @Option(name: .long, help: "Erase what waits in this journal, for good: a file that is listed here.")
  var eraseWaiting: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Upload what waits in this journal where the device is enrolled now: a file that is listed here.",
      discussion: "For scans of this event at a server whose authority was replaced since: only you know that."
    )
  )
  var uploadHere: String?
  @Flag(name: .long, help: "Print a line of JSON for each journal.")
  var json = false

  func validate() throws {
    let actions = [
      ("--send-again", sendAgain), ("--erase-refused", eraseRefused), ("--erase-waiting", eraseWaiting != nil),
      ("--upload-here", uploadHere != nil),
    ]
    let asked = actions.filter(\.1).map(\.0)
    guard asked.count < 2 else {
      let options: [String: Sentence.Fact] = ["one": .text(asked[0]), "other": .text(asked[1])]
      throw ValidationError(Sentence(.optionNotBoth, options))
    }
  }

  func run() async throws {
    let folder = DeviceFolder(option: own.device)
    let place = server.journals(option: own.device)
    let language = LaneLanguage(folder: place).known()
    try await LaneLanguage.saying(in: language) { try run(in: place, folder, .of(language)) }
  }

  private func run(in place: String, _ folder: DeviceFolder, _ phrasebook: Phrasebook) throws {
    let journals = try JournalFolder.journals(in: place)
    if let eraseWaiting {
      let kept = try Self.journal(eraseWaiting, of: journals)
      try Self.change(kept) { try $0.eraseWaiting() }
      if json { return try show(JournalFolder.journal(at: kept.path), phrasebook) }
      let facts: [String: Sentence.Fact] = [
        "count": .count(kept.holding.waiting), "journal": .text(Self.name(of: kept)),
      ]
      return Console.line(phrasebook.text(Sentence(.keptErasedWaiting, facts)))
    }
    if let uploadHere {
      let (kept, here) = (try Self.journal(uploadHere, of: journals), try folder.origin())
      guard kept.origin?.event == here.event else {
        let facts: [String: Sentence.Fact] = ["journal": .text(Self.name(of: kept)), "event": .text(here.event)]
        throw CommandFailure.usage(Sentence(.keptOtherEvent, facts))
      }
      try Self.change(kept) { try $0.bindAnew(to: here) }
      if json { return try show(JournalFolder.journal(at: kept.path), phrasebook) }
      let facts: [String: Sentence.Fact] = ["count": .count(kept.holding.waiting), "server": .text("\(here.server)")]
      return Console.line(phrasebook.text(Sentence(.keptUploadsHere, facts)))
    }
    for kept in journals where kept.holding.waiting + kept.holding.refused > 0 { try show(kept, phrasebook) }
    let faults = try journals.compactMap(\.faultSentence) + JournalFolder.lost(in: place).map(\.sentence)
    for fault in faults { Console.error(fault, phrasebook) }
    if !faults.isEmpty { throw ExitStatus.unreachable }
  }

  private static func name(of kept: JournalFolder.Kept) -> String { URL(fileURLWithPath: kept.path).lastPathComponent }

  private static func journal(
    _ path: String,
    of journals: [JournalFolder.Kept]
  ) throws -> JournalFolder.Kept {
    let name = URL(fileURLWithPath: path).lastPathComponent
    guard let kept = journals.first(where: { Self.name(of: $0) == name }) else {
      throw CommandFailure.usage(Sentence(.keptNoJournal, ["journal": .text(name)]))
    }
    return kept
  }

  private func show(_ kept: JournalFolder.Kept, _ phrasebook: Phrasebook) throws {
    var refused: [RefusedEntry] = []
    if kept.holding.refused > 0 {
      try Self.change(kept) { journal in
        refused = try journal.refused(limit: Self.limit)
        if sendAgain { _ = try journal.sendRefusedAgain() } else if eraseRefused { try journal.eraseRefused() }
      }
    }
    let line = Line(kept, refused)
    if json { return try Console.json(line) }
    let place = kept.origin.map {
      Sentence(.keptPlaceKnown, ["event": .text($0.event), "server": .text("\($0.server)")])
    }
    let facts: [String: Sentence.Fact] = [
      "journal": .text(line.journal), "waiting": .count(line.waiting), "refused": .count(line.refusedCount),
      "place": .sentence(place ?? Sentence(.keptPlaceUnknown)),
    ]
    Console.line(phrasebook.text(Sentence(.keptJournalLine, facts)))
    for (scan, kept) in zip(line.refused, refused) {
      let answer = kept.entry.checkIn.flatMap { $0.hasScan ? phrasebook.text($0.answer.title) : nil } ?? ""
      let reason = phrasebook.text(kept.reason.sentence)
      Console.line("  \(scan.time)  \(answer)  \(scan.checkpoint)  \(scan.scan)  \(reason)")
    }
    if line.refusedCount > 0, sendAgain { Console.line("  \(phrasebook.text(.keptWaitOnceMore))") }
    if line.refusedCount > 0, eraseRefused { Console.line("  \(phrasebook.text(.keptWereErased))") }
  }

  private static func change(
    _ kept: JournalFolder.Kept,
    _ body: (LaneJournal) throws -> Void
  ) throws {
    guard let lock = try JournalLock.take(kept.path) else {
      throw CommandFailure.taken(Sentence(.keptLaneIsWriting, ["journal": .text(kept.path)]))
    }
    try body(LaneJournal(path: kept.path))
    withExtendedLifetime(lock) {}
  }

  private struct Line: Encodable {
    struct Scan: Encodable {
      let scan: String
      let checkpoint: String
      /// What the operator was shown; empty where a scan was only taken back.
      let answer: String
      /// By the device's clock.
      let time: String
      /// In the server's words; `damaged` of what cannot be read, so that it was never sent.
      let reason: String
      /// The contract's word for it, such as `SCAN_ID_REUSED`, and the field at fault; null where the server said none.
      let error: String?
      let field: String?
    }

    let journal: String
    let waiting: Int
    let refusedCount: Int
    let event: String?
    let server: String?
    let refused: [Scan]

    private enum CodingKeys: String, CodingKey {
      case journal, waiting, event, server, refused
      case refusedCount = "refused_count"
    }

    init(_ kept: JournalFolder.Kept, _ refused: [RefusedEntry]) {
      journal = KeptCommand.name(of: kept)
      (waiting, refusedCount) = (kept.holding.waiting, kept.holding.refused)
      (event, server) = (kept.origin?.event, kept.origin?.server.description)
      self.refused = refused.map { refused in
        let checkIn = refused.entry.checkIn
        return Scan(
          scan: checkIn.map { $0.hasScan ? $0.scan.scanID : $0.undoneScanID } ?? "",
          // What a server refused may be refused for that: then it is shown as it was sent.
          checkpoint: checkIn.map { ResourceName($0.checkpoint)?.id ?? $0.checkpoint } ?? "",
          answer: checkIn?.hasScan == true ? checkIn?.answer.shortName ?? "" : "",
          time: refused.entry.moment.wall.rfc3339(),
          reason: refused.reason == .damaged ? "damaged" : refused.reason.text,
          error: refused.reason.error?.reason,
          field: refused.reason.error?.field
        )
      }
    }
  }
}

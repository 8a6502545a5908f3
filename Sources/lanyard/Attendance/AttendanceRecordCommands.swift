import ArgumentParser
import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension AttendanceCommand {
  /// `lanyard attendance conflicts`.
  struct ConflictsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "conflicts",
      abstract: "List what lanes decided while they were offline and the server would have refused, the latest first.",
      discussion: """
        What a lane did is a fact and is kept; this says where it contradicts what was known elsewhere, such as one badge \
        that two lanes admitted while they were apart. WITHOUT_RIGHT is an override, a person who was found by name, or a \
        scan that was taken back, of a device that might not do that any more when it was back. Taking one of the scans \
        back ends a conflict, also where the lane has done so. Ends with 1 where there are any.
        """
    )

    @OptionGroup var list: ListOptions

    func run() async throws {
      let (conflicts, clock) = try await list.server.withConnection { client in
        let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
        let conflicts = try await Listing.all { token in
          let page = try await service.listConflicts(
            .with {
              $0.parent = ResourceName.event(list.event).description
              $0.pageToken = token
            }
          )
          return (page.conflicts, page.nextPageToken)
        }
        return (conflicts, try await list.clock(client))
      }
      for conflict in conflicts {
        let line = try Line(conflict)
        if let clock { line.show(Phrasebook.ofSystem, clock) } else { try Console.json(line) }
      }
      if let clock, !conflicts.isEmpty { Console.line(clock.note) }
      if !list.json && conflicts.isEmpty { Console.say(.doneNoConflicts, [:]) }
      if !conflicts.isEmpty { throw ExitStatus.negative }
    }

    private struct Line: Encodable {
      let conflict: String
      let reason: String
      let name: String
      let checkpoint: String
      let at: String
      let scan: String
      /// Whether the lane took it back, so that this is what the conflict is about.
      let undone: Bool
      let earlierCheckpoint: String?
      let earlierAt: String?
      let earlierScan: String?
      /// The moments of both.
      private let (happened, earlierHappened): (Instant, Instant?)

      private enum CodingKeys: String, CodingKey {
        case conflict, reason, name, checkpoint, at, scan, undone
        case earlierCheckpoint = "earlier_checkpoint"
        case earlierAt = "earlier_at"
        case earlierScan = "earlier_scan"
      }

      init(_ message: Lanyard_V1_Conflict) throws(InvalidInput) {
        conflict = message.name
        reason = try message.causeName
        name = message.checkIn.attendee.displayName
        let answered = try AnsweredScan(message.checkIn)
        checkpoint = answered.checkpoint.checkpoint
        happened = answered.happenedAt
        at = ScanTime.text(happened)
        scan = answered.id.description
        undone = answered.undo != nil
        let earlier = try message.hasEarlierCheckIn ? AnsweredScan(message.earlierCheckIn) : nil
        earlierCheckpoint = earlier?.checkpoint.checkpoint
        earlierHappened = earlier?.happenedAt
        earlierAt = earlierHappened.map(ScanTime.text)
        earlierScan = earlier?.id.description
      }

      func show(_ phrasebook: Phrasebook, _ clock: EventClock) {
        let notes = undone ? [Sentence(.listTakenBack)] : []
        Console.line(([sentence(clock)] + notes).map { phrasebook.text($0) }.joined(separator: "  "))
      }

      private func sentence(_ clock: EventClock) -> Sentence {
        var facts: [String: Sentence.Fact] = [
          "reason": .text(reason), "name": .text(name), "place": .text(checkpoint), "time": clock.fact(happened),
          "scan": .text(scan),
        ]
        guard let earlierCheckpoint, let earlierHappened else { return Sentence(.listConflict, facts) }
        (facts["earlierPlace"], facts["earlierTime"]) = (.text(earlierCheckpoint), clock.fact(earlierHappened))
        return Sentence(.listConflictAfter, facts)
      }
    }
  }

  /// `lanyard attendance scans`.
  struct ScansCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "scans",
      abstract: "List the scans on record, in the order of the ledger, the refused and the undone ones too."
    )

    @OptionGroup var server: CallerOptions
    @Option(name: .long, help: "Slug of the event.")
    var event: String
    @Option(name: .long, help: "Only this checkpoint: its name on the screens, its id, or its resource name.")
    var checkpoint: String?
    @Flag(name: .long, help: "Print a line of JSON for each scan.")
    var json = false

    func run() async throws {
      try await server.withConnection { client in
        let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
        var request = Lanyard_V1_ListCheckInsRequest()
        request.parent = ResourceName.event(event).description
        request.pageSize = Listing.pageSize
        if let checkpoint {
          request.checkpoint = try await Listing.checkpoint(client, named: checkpoint, of: event).name
        }
        repeat {
          let page = try await service.listCheckIns(request)
          for checkIn in page.checkIns { try show(checkIn) }
          request.pageToken = page.nextPageToken
        } while !request.pageToken.isEmpty
      }
    }

    private func show(_ checkIn: Lanyard_V1_CheckIn) throws {
      let answered = try AnsweredScan(checkIn)
      let line = Line(answered, checkIn)
      if json { return try Console.json(line) }
      let parts = [line.at, line.checkpoint, line.answer, line.reason ?? "", line.name ?? ""]
      let notes = checkIn.listNotes(answered).map { Phrasebook.ofSystem.text($0) }
      Console.line((parts + notes + [line.scan]).filter { !$0.isEmpty }.joined(separator: "  "))
    }

    private struct Line: Encodable {
      let scan: String
      let checkpoint: String
      let answer: String
      let reason: String?
      let name: String?
      let direction: String
      /// When it happened by the server's clock.
      let at: String
      /// By the device's clock.
      let scanned: String
      let received: String
      let offline: Bool
      let undone: Bool
      let override: String?
      /// Why an organiser put the person outside; nothing where somebody scanned a badge.
      let sentOut: String?
      /// Of a way out that nobody scanned, who said so and why.
      let missedExit: [String: String]?
      /// What is kept of a code that is no badge's of the event.
      let code: [String: String]?
      let reporter: String

      private enum CodingKeys: String, CodingKey {
        case scan, checkpoint, answer, reason, name, direction, at, scanned, received, offline, undone, override, code
        case reporter
        case sentOut = "sent_out"
        case missedExit = "missed_exit"
      }

      /// - Parameter message: Has the words.
      init(_ answered: AnsweredScan, _ message: Lanyard_V1_CheckIn) {
        scan = answered.id.description
        checkpoint = answered.checkpoint.checkpoint
        answer = answered.answer.kind.wire.shortName
        reason = if case .refused(let why) = answered.answer { why.wire.shortName } else { nil }
        name = message.hasAttendee ? message.attendee.displayName : nil
        direction = answered.direction.wire.shortName
        at = ScanTime.text(answered.happenedAt)
        scanned = ScanTime.text(answered.scannedAt)
        received = ScanTime.text(answered.receivedAt)
        offline = answered.offline != nil
        undone = answered.undo != nil
        override = message.against.map { Phrasebook.of(.english).text($0) }
        sentOut = message.sentOut ? message.sentOutNote : nil
        missedExit =
          message.hasMissedExit
          ? ["note": message.missedExit.note, "operator": message.missedExit.operator] : nil
        code = message.hasCodeTrace ? message.codeTrace.facts : nil
        reporter = message.reporter
      }
    }
  }
}

extension AttendanceCommand {
  /// `lanyard attendance undo`.
  struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "undo",
      abstract: "Take scans back, such as the wrong one of a conflict; who is inside follows.",
      discussion: """
        `lanyard attendance scans` and `conflicts` list scans with their ids, and `send-out` prints those that it makes. A \
        scan stays on record, marked as taken back, with who did it and why. Taking it back again changes nothing.
        """
    )

    @OptionGroup var server: CallerOptions
    @Option(name: .long, help: "Slug of the event.")
    var event: String
    @Option(name: .long, help: "Why; at most \(OverrideNote.noteLimit) characters.")
    var note = ""
    @Flag(name: .long, help: "Print the scan as JSON.")
    var json = false
    @Argument(help: "Ids of the scans.")
    var scans: [String]

    func run() async throws {
      let ids = try scans.map { scan in
        guard let id = UUIDBytes(scan) else {
          throw CommandFailure.usage(Sentence(.doneNoScanID, ["scan": .text(scan)]))
        }
        return id
      }
      let areAllOnRecord = try await server.withConnection { client in
        let service = Lanyard_V1_CheckInService.Client(wrapping: client)
        var areAllOnRecord = true
        for id in ids {
          let undone = try await service.undoCheckIn(
            .with { ($0.name, $0.note) = (ResourceName.checkIn(id, of: event).description, note) }
          )
          try show(undone)
          areAllOnRecord = areAllOnRecord && undone.hasReceiveTime
        }
        return areAllOnRecord
      }
      if !areAllOnRecord { throw ExitStatus.negative }
    }

    private func show(_ undone: Lanyard_V1_CheckIn) throws {
      // What was not on record has no answer.
      let answered = try undone.hasReceiveTime ? AnsweredScan(undone) : nil
      let answer = answered?.answer.kind.wire.shortName
      if json {
        try Console.json(["scan": undone.scanID, "answer": answer ?? ""])
      } else if let answer {
        Console.say(.doneTakenBack, ["answer": .text(answer), "name": .text(undone.attendee.displayName)])
      } else {
        Console.say(.doneNothingTakenBack, [:])
      }
    }
  }
}

extension Lanyard_V1_CheckIn {
  /// Against which refusal an operator let the person in, and why; nil where there was none.
  fileprivate var against: Sentence? {
    guard overriddenReason != .unspecified else { return nil }
    let reason = Sentence.Fact.text(overriddenReason.shortName)
    // Of a person who was erased nothing more is left than why they had been refused.
    guard !override.operator.isEmpty || !override.note.isEmpty else {
      return Sentence(.lineAgainst, ["reason": reason])
    }
    let facts: [String: Sentence.Fact] = [
      "reason": reason, "name": .text(override.operator), "note": .text(override.note),
    ]
    return Sentence(.listAgainst, facts)
  }

  /// What a list says of a scan beside its answer.
  fileprivate func listNotes(_ answered: AnsweredScan) -> [Sentence] {
    var notes: [Sentence] = []
    if answered.offline != nil { notes.append(Sentence(.listOffline)) }
    if answered.undo != nil { notes.append(Sentence(.listTakenBack)) }
    if let against { notes.append(against) }
    if sentOut {
      notes.append(
        sentOutNote.isEmpty ? Sentence(.listSentOut) : Sentence(.listSentOutNote, ["note": .text(sentOutNote)])
      )
    }
    if hasMissedExit { notes.append(missedExit.listed) }
    if sentOut || hasMissedExit || overriddenReason != .unspecified { notes.append(listedReporter) }
    if hasCodeTrace { notes.append(codeTrace.listed) }
    return notes
  }
}

extension Lanyard_V1_CheckIn {
  /// Who said so, of what a person decided: a token, or a device by its longer id.
  private var listedReporter: Sentence {
    Sentence(reporter.utf8.count == RegistrationID.length ? .listDevice : .listToken, ["id": .text(reporter)])
  }
}

extension Lanyard_V1_MissedExit {
  fileprivate var listed: Sentence {
    // Of a person who was erased nothing is left of what was written.
    guard !note.isEmpty else { return Sentence(.listMissedExit) }
    let facts: [String: Sentence.Fact] = ["note": .text(note), "name": .text(`operator`)]
    return Sentence(`operator`.isEmpty ? .listMissedExitNote : .listMissedExitBy, facts)
  }
}

extension Lanyard_V1_CodeTrace {
  private var withheld: WithheldCode? { WithheldCode(rawValue: beginning) }

  fileprivate var listed: Sentence {
    if withheld != nil { return Sentence(.listCodeWithheld, ["word": .text(beginning)]) }
    guard serial.isEmpty else { return Sentence(.listBadgeOf, ["serial": .text(serial), "event": .text(event)]) }
    // None is left of a short text, or that may be of somebody who was erased.
    if beginning.isEmpty { return Sentence(.listCodeLength, ["length": .count(Int(length))]) }
    return Sentence(.listCodeOf, ["length": .count(Int(length)), "beginning": .text(beginning)])
  }

  fileprivate var facts: [String: String] {
    if let withheld { return ["withheld": withheld.rawValue] }
    return serial.isEmpty ? ["beginning": beginning, "length": "\(length)"] : ["serial": serial, "event": event]
  }
}

/// Times of scans for lists, in UTC with milliseconds.
private enum ScanTime {
  static func text(_ instant: Instant) -> String {
    Date(instant).formatted(
      .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted)
    )
  }
}

import ArgumentParser
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf
import Synchronization

extension RegistrationsCommand {
  /// `lanyard registrations import`.
  struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Register the people of a CSV file, an Excel workbook, or the JSON of an export.",
      discussion: """
        The first row names the columns, in any order: \(RegistrationTable.columns.joined(separator: ", ")); email, \
        stakeholder_group and participation must be there. Columns that are called otherwise are named with --map. Commas, \
        semicolons and tabs separate fields, whichever the first row has; the encoding is found, or told by --encoding. Of an .xlsx the first sheet \
        is read; of JSON, which begins with { or [, each object is a row.

        A row that is refused is reported with its number as a spreadsheet counts it (the header is row 1), its person, the \
        field and the reason, and refuses nothing else; --refused FILE writes such rows to a file to mend and import. The \
        same file again changes nothing. --dry-run first shows what would come of it. Ends with 1 where a row was refused.

        Rows of people who are registered with other content are refused and counted; with --update they change the \
        registration, as `lanyard registrations change` does, field by field, each shown with what it was before. An empty cell \
        changes nothing, but with --clear-empty takes away what is there; the e-mail address says who is meant, and stays.

        Nobody is written to unasked: with --mail those who are registered by it get mails, from the one that tells them so on, or \
        where the event's programme says `"mail": "everyone"`. It says how many mails go out, with --dry-run before any does.
        """
    )

    @OptionGroup var server: CallerOptions
    @Argument(
      help: "The registrations as CSV, .xlsx or JSON; - reads standard input.",
      completion: .file(extensions: ["csv", "txt", "tsv", "xlsx", "json", "jsonl"])
    )
    var file: String
    @OptionGroup var event: EventOption
    @Option(
      name: .long,
      help: ArgumentHelp(
        "Which field a column of the file is, such as \"E-Mail=email\"; may be said several times.",
        valueName: "COLUMN=FIELD"
      )
    )
    var map: [String] = []
    @Option(
      name: .long,
      help: "A file of such lines, COLUMN=FIELD, in UTF-8; lines that begin with # are passed over.",
      completion: .file()
    )
    var mapFile: String?
    @Flag(name: .long, help: "Pass over columns that are not known; they are listed.")
    var ignoreUnknown = false
    @Option(
      name: .long,
      help: """
        How the file is written: \(TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")). Without it UTF-8, UTF-16 \
        and Windows-1252 are found.
        """
    )
    var encoding: String?
    @Flag(name: .long, help: "Say what would come of it, and change nothing.")
    var dryRun = false
    @Flag(name: .long, help: "Change registrations that differ from their rows to what the rows say.")
    var update = false
    @Flag(
      name: .long,
      help: "Write to the people who are registered by it, now and of what becomes of their registrations."
    )
    var mail = false
    @Flag(name: .long, help: "With --update: let empty cells take away what is there.")
    var clearEmpty = false
    @Option(
      name: .long,
      help: "Write the rows that are refused, with the reason before each, to this CSV file.",
      completion: .file(extensions: ["csv"])
    )
    var refused: String?
    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false

    /// Scripts read the same whatever the machine speaks.
    private var language: Language { json ? .english : .ofSystem ?? .english }

    func validate() throws {
      // What is said of the import stands on standard output.
      if let refused, ["", "-"].contains(refused) { throw ValidationError("--refused", Sentence(.optionNoFile)) }
      guard update || !clearEmpty else {
        let facts: [String: Sentence.Fact] = ["option": .text("--clear-empty"), "others": .list(["--update"])]
        throw ValidationError(Sentence(.optionOnlyWith, facts))
      }
    }

    func run() async throws {
      try requireOtherFile()
      var summary = ImportSummary(isDryRun: dryRun, isUpdate: update)
      let (file, hasFaults) = try checked(&summary)
      var access = try server.access()
      if json { access.language = language.tag }
      let sent = Mutex(0)
      let bar = ProgressBar(title: dryRun ? .progressChecking : .progressRegistering, total: summary.sent)
      let upload = RegistrationUpload(
        file,
        isDryRun: dryRun,
        update: update ? clearEmpty ? .toAll : .toWhatIsSaid : .none,
        isMailed: mail
      ) { count in
        sent.withLock { $0 = count }
        bar.show(count)
      }
      let (event, response): (Event?, Lanyard_V1_ImportRegistrationsResponse)
      do {
        (event, response) = try await withServerConnection(access) { client in
          let slug = try await self.event.slug(client)
          // A row of which this program found a fault is not sent: what else is wrong with it is found by what the event takes.
          let event = hasFaults ? try await takenBy(slug, client) : nil
          return (event, try await upload.run(to: slug, client))
        }
      } catch let error as RPCError where !dryRun && CallFailure(error).isServerOrNetwork {
        let count = sent.withLock { $0 }
        if count > 0 { note(.importCutOff, ["sent": .count(count), "rows": .count(summary.sent)]) }
        throw error
      }
      if hasFaults { try refuse(file, for: event, &summary) }
      summary.add(response, language)
      var rows = RefusedRows(reasons: summary.reasons)
      let written = Result { try rows.look(into: file, writingTo: summary.refusedCount > 0 ? refused : nil) }
      summary.people = rows.people
      try show(summary)
      do {
        try written.get()
      } catch {
        throw CommandFailure.usage(
          Sentence(
            .importRefusedNotWritten,
            ["file": .text(refused ?? ""), "cause": .text(error.localizedDescription)]
          )
        )
      }
      if let refused, rows.written > 0 {
        let facts: [String: Sentence.Fact] = ["file": .text(refused), "rows": .count(rows.written)]
        Console.error(Phrasebook.of(language).text(Sentence(.importWroteRefused, facts)))
        let missing = summary.refusedCount - rows.written
        if missing > 0 { note(.importNotAllWritten, ["file": .text(refused), "rows": .count(missing)]) }
      }
      if summary.refusedCount > 0 { throw ExitStatus.negative }
    }

    /// Refuses to write the refused rows over those that are imported, before anything is read.
    private func requireOtherFile() throws {
      guard let refused else { return }
      let input = file == "-" ? FileIdentity(descriptor: STDIN_FILENO) : FileIdentity(path: file)
      guard let input, input == FileIdentity(path: refused) else { return }
      throw CommandFailure.usage(Sentence(.importRefusedIsInput, ["file": .text(refused)]))
    }

    /// The file, read to its end, and whether something is wrong with some of its rows.
    private func checked(_ summary: inout ImportSummary) throws -> (RegistrationFile, hasFaults: Bool) {
      let options = try options()
      var hasFaults = false
      do {
        var file = try RegistrationFile(file, options)
        if options.encoding == nil, ![.utf8, .utf16LittleEndian, .utf16BigEndian].contains(file.encoding) {
          note(.importEncodingFound, ["file": .text(self.file), "encoding": .text("\(file.encoding)")])
        }
        try file.check { row in
          switch row.content {
          case .success: summary.sent += 1
          case .failure: hasFaults = true
          }
        }
        if !file.ignored.isEmpty { note(.importColumnsIgnored, ["columns": .list(file.ignored)]) }
        if !file.decided.isEmpty { note(.importColumnsDecided, ["columns": .list(file.decided)]) }
        return (file, hasFaults)
      } catch let refusal as RegistrationFile.Refusal {
        throw CommandFailure(refusal, of: self.file)
      }
    }

    /// The event, by which rows are looked at; nil where this machine cannot tell what it takes, as it does not know its time zone.
    private func takenBy(_ event: String, _ client: ServerClient) async throws -> Event? {
      let found = try await Lanyard_V1_EventService.Client(wrapping: client).getEvent(
        .with { $0.name = ResourceName.event(event).description }
      )
      do throws(InvalidInput) { return try Event(found, under: "event") } catch { return nil }
    }

    /// Notes all that is wrong with the rows that were not sent.
    private func refuse(_ file: RegistrationFile, for event: Event?, _ summary: inout ImportSummary) throws {
      var file = file
      try file.rewind()
      do {
        try file.check { row in
          if let input = row.faults(for: event) { summary.refuse(row.row, input, language) }
        }
      } catch let refusal as RegistrationFile.Refusal {
        throw CommandFailure(refusal, of: self.file)
      }
    }

    private func note(_ key: Sentence.Key, _ facts: [String: Sentence.Fact]) {
      Console.error(Phrasebook.of(language).text(Sentence(key, facts)))
    }

    private func options() throws -> RegistrationFile.Options {
      var options = RegistrationFile.Options()
      options.ignoresUnknown = ignoreUnknown
      if let encoding {
        guard let known = TextEncoding(name: encoding) else {
          let choices = TextEncoding.allCases.map(\.rawValue)
          throw ValidationError(
            "--encoding",
            Sentence(.optionUnknown, ["value": .text(encoding), "choices": .list(choices)])
          )
        }
        options.encoding = known
      }
      do {
        if let mapFile { try options.mapping.add(lines: try text(of: mapFile)) }
        for text in map { try options.mapping.add(text, field: "--map \"\(text)\"") }
      } catch let input as InvalidInput {
        throw CommandFailure.usage(input.lines(in: language))
      }
      return options
    }

    private func text(of path: String) throws -> String {
      let unreadable = CommandFailure.usage(Sentence(.importUnreadable, ["file": .text(path)]))
      guard let handle = FileHandle(forReadingAtPath: path) else { throw unreadable }
      guard let data = try handle.read(upToCount: ColumnMapping.byteLimit),
        let text = String(bytes: data, encoding: .utf8)
      else { throw unreadable }
      return text
    }

    private func show(_ summary: ImportSummary) throws {
      if json { return try Console.json(summary) }
      for row in summary.refused {
        var facts: [String: Sentence.Fact] = [
          "row": .count(row.row), "field": .text(row.field), "reason": .text(row.reason),
        ]
        facts["person"] = row.person.map { .text($0) }
        Console.say(row.person == nil ? .doneRowRefused : .importRowOf, facts)
      }
      for change in summary.changes ?? [] {
        let facts: [String: Sentence.Fact] = [
          "row": .count(change.row), "person": .text(change.person), "field": .text(change.field),
          "before": .text(change.before), "after": .text(change.after),
        ]
        Console.say(.importRowChanged, facts)
      }
      let facts: [String: Sentence.Fact] = [
        "imported": .count(summary.imported), "waitlisted": .count(summary.waitlisted),
        "unchanged": .count(summary.unchanged), "refused": .count(summary.refusedCount),
      ]
      Console.say(.doneImported, facts)
      if let updated = summary.updated {
        Console.say(dryRun ? .importWouldUpdate : .importUpdated, ["rows": .count(updated)])
      }
      if let moved = summary.movedUp, moved > 0 {
        Console.say(dryRun ? .importWouldMoveUp : .importMovedUp, ["count": .count(moved)])
      }
      if let badges = summary.badges, badges > 0 {
        Console.say(dryRun ? .importWouldBadges : .importBadges, ["count": .count(badges)])
      }
      if let differing = summary.differing { Console.say(.importDiffering, ["rows": .count(differing)]) }
      if let mails = summary.mails {
        Console.say(.mailImportGoes, ["count": .count(mails)])
      } else if summary.imported > 0 {
        Console.say(.mailImportNone, [:])
      }
      if dryRun { Console.say(.importNothingChanged, [:]) }
    }
  }
}

extension InvalidInput {
  /// Its faults, a line each.
  fileprivate func lines(in language: Language) -> String {
    violations.map { "\($0.field): \($0.reason(in: language))" }.joined(separator: "\n")
  }

  /// Whether a column is not known.
  fileprivate var hasUnknownColumn: Bool {
    violations.contains { violation in
      switch violation.fault {
      case .table(.unknownColumn), .table(.misspeltColumn): true
      default: false
      }
    }
  }
}

extension CommandFailure {
  /// - Parameter file: As it was named.
  fileprivate init(_ refusal: RegistrationFile.Refusal, of file: String) {
    switch refusal {
    case .unreadable:
      self = .usage(Sentence(.importUnreadable, ["file": .text(file)]))
    case .tooLarge(let limit):
      self = .usage(Sentence(.importTooLarge, ["file": .text(file), "limit": .count(limit)]))
    case .refused(let input, let isChanged):
      let language = Language.ofSystem ?? .english
      let book = Phrasebook.of(language)
      let effect = book.text(Sentence(isChanged ? .importChanged : .importRefused, ["file": .text(file)]))
      let faults = input.lines(in: language).split(separator: "\n").map { "  \($0)" }
      let help = input.hasUnknownColumn ? [book.text(.importColumnsHelp)] : []
      self.init(status: .negative, .told(([effect] + faults + help).joined(separator: "\n")))
    }
  }
}

import ArgumentParser
import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import SwiftProtobuf

/// `lanyard audit`.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Who changed what, when and from where, and whether that record still holds.",
    discussion: """
      Every change is recorded with who made it and what was before and after, in the same transaction as the change \
      itself, and carries the hash of the entry before it. Batches of scans are links of the same chain, so that the \
      ledger of scans is proved with it. Nothing that a person wrote is in it, and no name.
      """,
    subcommands: [ListCommand.self, VerifyCommand.self]
  )

  /// `lanyard audit list`.
  struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the changes of an event in the order in which they were made.",
      discussion: """
        Each line says when, who (the id of a token as `lanyard admin token list` shows it, or of a device), from where, \
        what and which resource. --resource narrows the list to one registration, badge, checkpoint or device. Needs an \
        organiser's token.

          lanyard audit list --event forum --resource events/forum/registrations/ID
        """
    )

    @OptionGroup var server: CallerOptions
    @Option(
      name: .long,
      help: "Slug of the event. (default: what belongs to no event, such as tokens)",
      transform: EventSlug.read
    )
    var event: String?
    @Option(name: .long, help: "Resource name: only what changed it.")
    var resource: String?
    @Flag(name: .long, help: "List the links for batches of scans too.")
    var scans = false
    @Flag(name: .long, help: "Print a line of JSON for each entry.")
    var json = false

    func run() async throws {
      let event = try EventChoice(event, beside: [resource].compactMap(\.self)).said
      let asked = try resource.map { try ChangedResource(asked: $0, field: "--resource") }
      try await server.withConnection { client in
        let service = Lanyard_V1_FeedService.Client(wrapping: client)
        try await Listing.eachPage { token, size in
          let page = try await service.listAuditEntries(
            .with {
              $0.parent = (event.map(ResourceName.event) ?? .everyEvent).description
              $0.resource = asked?.description ?? ""
              $0.showScans = scans
              ($0.pageSize, $0.pageToken) = (size, token)
            }
          )
          for message in page.entries {
            let entry = try AuditEntry(message)
            Console.line(json ? try Self.json(entry) : try Self.text(entry))
          }
          return (page.entries.count, page.nextPageToken)
        }
      }
    }

    private static func json(_ entry: AuditEntry) throws -> String {
      var fields: [String: Any] = [
        "sequence": entry.sequence, "at": time(entry), "actor": Phrasebook.of(.english).text(entry.act.actor.sentence),
        "actor_kind": entry.act.actor.kind.rawValue, "address": entry.act.address, "request": entry.act.requestID,
        "change": "\(entry.name)/\(entry.version)", "resource": entry.resource.description,
        "hash": entry.hash.hexadecimal, "previous_hash": entry.previousHash.hexadecimal,
      ]
      if !entry.act.actor.id.isEmpty { fields["actor_id"] = entry.act.actor.id }
      if let before = entry.before { fields["before"] = try JSONSerialization.jsonObject(with: Data(before.utf8)) }
      if let after = entry.after { fields["after"] = try JSONSerialization.jsonObject(with: Data(after.utf8)) }
      let line = try JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys, .withoutEscapingSlashes])
      return String(decoding: line, as: UTF8.self)
    }

    private static func text(_ entry: AuditEntry) throws -> String {
      let who = Phrasebook.ofSystem.text(entry.act.actor.sentence)
      var line = "\(time(entry))  \(who)  \(entry.act.address)  \(entry.name)  \(entry.resource)"
      let (old, new) = (try facts(entry.before), try facts(entry.after))
      let told = Set(old.keys).union(new.keys).sorted().compactMap { name -> String? in
        switch (old[name].map(value), new[name].map(value)) {
        // What a change left as it was is in the record, and no news.
        case (let before?, let after?) where before == after: nil
        case (let before?, let after?): "\(name) \(before) → \(after)"
        case (let before, let after): "\(name) \(after ?? before ?? "")"
        }
      }
      if !told.isEmpty { line += "  " + told.joined(separator: ", ") }
      return line
    }

    private static func facts(_ json: String?) throws -> [String: Google_Protobuf_Value] {
      try json.map { try Google_Protobuf_Struct(jsonString: $0).fields } ?? [:]
    }

    private static func value(_ value: Google_Protobuf_Value) -> String {
      switch value.kind {
      case .stringValue(let text): text
      case .numberValue(let number): "\(Int64(number))"
      case .boolValue(let flag): Phrasebook.ofSystem.text(flag ? .listYes : .listNo)
      case .listValue(let list): list.values.map(Self.value).joined(separator: "; ")
      case .nullValue, .structValue, nil: ""
      }
    }

    private static func time(_ entry: AuditEntry) -> String { entry.madeAt.rfc3339() }
  }

  /// `lanyard audit verify`.
  struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Go through the whole record and say whether it still holds.",
      discussion: """
        Works on the data folder itself, whether the server runs or not, and on any copy of it: --data DIR. It reads each \
        entry, each scan, what was taken back and each conflict once, and writes nothing; how registrations, badges and doors stand \
        now is not compared with the record. Ends with 0 where everything holds; with 1 where something was \
        changed, removed or added behind the program's back, and names the first entry that does not hold: what stands \
        before that entry is proved, what stands after it is not. The last hash of each chain is shown by \
        `lanyard audit list --json`; kept elsewhere, it proves that nobody wrote the whole record anew.
        """
    )

    @OptionGroup var dataOptions: DataOptions
    @Flag(name: .long, help: "Print one line of JSON.")
    var json = false

    func run() async throws {
      let folder = dataOptions.folder
      let showsProgress = isatty(STDERR_FILENO) == 1
      let verdict = try OpenStore.verify(folder) { verdict in
        if showsProgress { Console.error(Phrasebook.ofSystem.text(Sentence(.doneVerifying, verdict.counts))) }
      }
      guard let verdict else {
        throw CommandFailure.usage(Sentence(.doneNoRecord, ["file": .text(folder.database)]))
      }
      if json {
        try Console.json(Line(verdict))
      } else {
        Console.say(.doneVerified, verdict.counts)
        if let broken = verdict.broken { Console.error(broken.sentence, .ofSystem) }
      }
      if verdict.broken != nil { throw ExitStatus.negative }
    }

    private struct Line: Encodable {
      struct Broken: Encodable {
        let sequence: Int64
        let fault: String
        let event: String?
        let resource: String?
        let meaning: String
      }

      let verified: Int64
      let scans: Int64
      let broken: Broken?

      private enum CodingKeys: CodingKey { case verified, scans, broken }

      init(_ verdict: AuditVerdict) {
        verified = verdict.entries
        scans = verdict.scans
        broken = verdict.broken.map {
          Broken(
            sequence: $0.sequence,
            fault: $0.fault.rawValue,
            event: $0.event,
            resource: $0.resource.isEmpty ? nil : $0.resource,
            meaning: Phrasebook.of(.english).text($0.sentence)
          )
        }
      }

      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(verified, forKey: .verified)
        try container.encode(scans, forKey: .scans)
        try container.encode(broken, forKey: .broken)
      }
    }
  }
}

extension AuditVerdict {
  fileprivate var counts: [String: Sentence.Fact] {
    ["entries": .count(Int(entries)), "scans": .count(Int(scans))]
  }
}

extension AuditVerdict.Broken {
  /// What does not hold, and what that means.
  var sentence: Sentence {
    let key: Sentence.Key =
      switch fault {
      case .changed: .brokenChanged
      case .cutOff: .brokenCutOff
      case .scansDiffer: .brokenScansDiffer
      case .scansUntold: .brokenScansUntold
      case .undosDiffer: .brokenUndosDiffer
      case .conflictsDiffer: .brokenConflictsDiffer
      case .endMissing: .brokenEndMissing
      }
    return Sentence(key, ["sequence": .text("\(sequence)"), "place": .sentence(place)])
  }

  private var place: Sentence {
    if !resource.isEmpty { return Sentence(.brokenAbout, ["resource": .text(resource)]) }
    return event.map { Sentence(.brokenOfEvent, ["event": .text($0)]) } ?? Sentence(.brokenOfInstallation)
  }
}

import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension AttendanceCommand {
  /// `lanyard attendance send-out`.
  struct SendOutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "send-out",
      abstract: "Put people outside who left without being scanned: one person, or everybody who is inside an area.",
      discussion: """
        Each is on record as a way out that an organiser made, with who did it and why, and is taken back like a scan: \
        `lanyard attendance undo` takes the ids that this prints with --json. Who is not inside is left alone.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Option(
      name: .long,
      help: "Out of the area of this checkpoint: its name on the screens, its id, or its resource name."
    )
    var checkpoint: String?
    @Option(name: .long, help: "Why; at most \(OverrideNote.noteLimit) characters.")
    var note = ""
    @Flag(name: .long, help: "Print the ids of the scans that are on record of it as JSON.")
    var json = false
    @Argument(
      help: ArgumentHelp(
        "Who: e-mail address, badge code or serial, resource name, or words of the name that fit one person alone.",
        discussion: "Without --checkpoint this person is put out of everything."
      )
    )
    var person: String?

    func validate() throws {
      guard checkpoint != nil || person != nil else {
        throw ValidationError(Sentence(.optionOneOf, ["choices": .list(["--checkpoint", "PERSON"])]))
      }
    }

    func run() async throws {
      let sent = try await server.withConnection { client in
        let event = try await event.slug(client, beside: checkpoint, person)
        var request = Lanyard_V1_SendOutRequest()
        request.parent = ResourceName.event(event).description
        if let person { request.registration = try await Self.registration(person, of: event, client) }
        request.note = note
        if let checkpoint {
          request.checkpoint = try await Listing.checkpoint(client, named: checkpoint, of: event).name
        }
        let service = Lanyard_V1_CheckInService.Client(wrapping: client)
        var sent = Sent()
        while true {
          let answer = try await service.sendOut(request)
          sent.people += Int(answer.people)
          sent.scans += try answer.checkIns.map { try ResourceName.checkIn($0, field: "check_ins").scan.description }
          // Who comes in meanwhile is put outside too; whom a call leaves, the next would leave.
          if answer.remaining == 0 || answer.people == 0 { return sent }
        }
      }
      if json { return try Console.json(sent) }
      Console.say(.doneSentOut, ["count": .count(sent.people)])
    }

    /// Resource name of the registration of whoever is named; one that is given needs no look-up, nor the right to it.
    private static func registration(_ person: String, of event: String, _ client: ServerClient) async throws -> String
    {
      if case .registration? = ResourceName(person) { return person }
      return try await PersonChoice(client: client, event: event).one(person).name
    }

    private struct Sent: Encodable {
      var people = 0
      var scans: [String] = []
    }
  }
}

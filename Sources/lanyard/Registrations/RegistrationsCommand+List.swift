import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension RegistrationsCommand {
  /// `lanyard registrations list`.
  struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the registrations of an event by name, as wide as what narrows it leaves.",
      discussion: """
        Each line has name, organisation, country, group and role by their labels, state and participation, and at its end the \
        resource name; --csv and --json have the ids of groups and roles. A group, a \
        role or a country that there is not is an error that lists what the event has.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Option(name: .long, help: "Only those in this state.")
    var state: RegistrationState?
    @Option(name: .long, help: "Only those of this stakeholder group: its id, or its label in any language.")
    var group: String?
    @Option(name: .long, help: "Only those of this guest role: its id, or its label in any language.")
    var role: String?
    @Option(name: .long, help: "Only those that take part in this way.")
    var participation: Participation?
    @Option(
      name: .long,
      help:
        "Only those from this country: its ISO 3166-1 code of two or three letters, or its name in one of the six languages."
    )
    var country: String?
    @Option(name: .long, help: "Only those whose organisation contains each of these words.")
    var organisation: String?
    @Option(name: .customLong("email"), help: "Only the one of this e-mail address, and what they had before.")
    var address: String?
    @Option(name: .long, help: "Only those whose name, organisation or e-mail address contains each of these words.")
    var query: String?
    @Flag(
      name: .long,
      help: "Only who has not come yet: whom no door has let in. Confirmed and on site where nothing else is said."
    )
    var notCome = false
    @Option(name: .long, help: "At most this many.")
    var limit: Int?
    @Flag(name: .long, help: "Show e-mail addresses too.")
    var withEmail = false
    @Flag(name: .long, help: "Print the resource names only.")
    var names = false
    @OptionGroup var form: ListForm

    func validate() throws {
      let forms = [("--names", names), ("--csv", form.csv), ("--json", form.json)].filter(\.1).map(\.0)
      if forms.count > 1 {
        throw ValidationError(Sentence(.optionNotBoth, ["one": .text(forms[0]), "other": .text(forms[1])]))
      }
    }

    func run() async throws {
      var request = try request()
      try await server.withConnection { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        request.parent = ResourceName.event(try await event.slug(client)).description
        let terms = form.isForPeople && !names ? try await EventTerms(of: request.parent, client) : .none
        var table = RegistrationLines(withEmail: withEmail, terms: terms)
        if form.csv {
          let event = try await Lanyard_V1_EventService.Client(wrapping: client).getEvent(
            .with { $0.name = request.parent }
          )
          table.questions = try event.questions.map { try ResourceName.question($0.name, field: "name").id }
        }
        var total = 0
        try await Listing.eachPage(limit: limit) { token, size in
          (request.pageToken, request.pageSize) = (token, size)
          let page = try await service.listRegistrations(request)
          if form.csv, token.isEmpty { form.table.begin(table.columns) }
          try show(page.registrations, table)
          total = Int(page.totalSize)
          return (page.registrations.count, page.nextPageToken)
        }
        if form.isForPeople, !names { Console.say(.doneInAll, ["count": .count(total)]) }
      }
    }

    private func request() throws -> Lanyard_V1_ListRegistrationsRequest {
      if let limit, limit < 1 {
        throw ValidationError("--limit", Sentence(.optionOneOrMore, ["value": .count(limit)]))
      }
      var request = Lanyard_V1_ListRegistrationsRequest()
      request.stakeholderGroup = group ?? ""
      request.guestRole = role ?? ""
      request.country = country.map { Country.meant(by: $0) ?? $0 } ?? ""
      request.organisation = organisation ?? ""
      request.email = address ?? ""
      request.query = query ?? ""
      request.orderBy = "display_name"
      request.notCome = notCome
      // Nobody else is expected.
      if let state = state ?? (notCome ? .confirmed : nil) { request.state = state.wire }
      if let participation = participation ?? (notCome ? .onsite : nil) { request.participation = participation.wire }
      return request
    }

    private func show(_ registrations: [Lanyard_V1_Registration], _ table: RegistrationLines) throws {
      if form.json {
        for registration in registrations { Console.line(try registration.jsonString()) }
      } else if names {
        for registration in registrations { Console.line(registration.name) }
      } else if form.csv {
        for registration in registrations { form.table.show(table.fields(try Registration(registration))) }
      } else {
        table.lines(try registrations.map { try Registration($0) }).forEach(Console.line)
      }
    }
  }
}

import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension AttendanceCommand {
  /// `lanyard attendance scans`.
  struct ScansCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "scans",
      abstract: "List the scans on record, the last recorded first, the refused and the undone ones too.",
      discussion: """
        What narrows the list goes together. Times are those of the event's place, also those of --from and --until: \
        2024-05-27, 2024-05-27T08:30, or with an offset 2024-05-27T08:30:00+02:00. The order is that of the ledger, in which \
        scans came onto the record, not of the times: a lane that was offline tells of its scans later, and they stand where \
        they were recorded, with the time at which they happened before them and the time at which they were recorded behind.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Option(name: .long, help: "Only this checkpoint: its name on the screens, its id, or its resource name.")
    var checkpoint: String?
    @Option(
      name: .long,
      help: "Only one person: e-mail address, badge code or serial, resource name, or words of the name."
    )
    var person: String?
    @Option(name: .long, help: "Only scans that came to this.")
    var answer: AnswerKind?
    @Option(name: .long, help: "Only scans that were refused for this, such as already-inside.")
    var reason: RefusalReason?
    @Option(name: .long, help: "Only this direction.")
    var direction: Direction?
    @Option(name: .long, help: "Only what this device reported: its name or its id; of a token, the resource name.")
    var reporter: String?
    @OptionGroup var times: ScanTimes
    @Option(name: .long, help: "At most this many.")
    var limit: Int?
    @Flag(name: .long, help: "List them in the order of the ledger.")
    var oldestFirst = false
    @OptionGroup var form: ListForm

    func validate() throws {
      if let limit, limit < 1 {
        throw ValidationError("--limit", Sentence(.optionOneOrMore, ["value": .count(limit)]))
      }
    }

    func run() async throws {
      try await server.withConnection { client in
        let event = try await event.slug(client, beside: checkpoint, person, reporter)
        let names = try await ScanNames(of: event, client)
        var request = Lanyard_V1_ListCheckInsRequest()
        request.parent = ResourceName.event(event).description
        request.newestFirst = !oldestFirst
        if let checkpoint {
          request.checkpoint = try await Listing.checkpoint(client, named: checkpoint, of: event).name
        }
        if let person { request.registration = try await PersonChoice(client: client, event: event).one(person).name }
        if let answer { request.answer = answer.wire }
        if let reason { request.reason = reason.wire }
        if let direction { request.direction = direction.wire }
        if let reporter { request.reporter = try names.reporter(reporter) }
        let span = try names.clock.span(times)
        if let start = span.from { request.startTime = Google_Protobuf_Timestamp(start) }
        if let end = span.until { request.endTime = Google_Protobuf_Timestamp(end) }
        try await form.list(request, names, limit: limit, client)
      }
    }
  }

  /// `lanyard attendance person`.
  struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "person",
      abstract: "List one person's scans in their order: when by the clock of the place, where, and what came of each.",
      discussion: "Of all badges that the person has had. Scans that were refused or taken back are among them."
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var person: PersonArgument
    @OptionGroup var times: ScanTimes
    @OptionGroup var form: ListForm

    func run() async throws {
      try await server.withConnection { client in
        let found = try await person.find(client)
        let event = try ResourceName.registration(found.name, field: "name").event
        let names = try await ScanNames(of: event, client)
        if form.isForPeople { Console.line("\(try Registration(found).shownName)  \(found.name)", "1") }
        var request = Lanyard_V1_ListCheckInsRequest()
        (request.parent, request.registration) = (ResourceName.event(event).description, found.name)
        let span = try names.clock.span(times)
        if let start = span.from { request.startTime = Google_Protobuf_Timestamp(start) }
        if let end = span.until { request.endTime = Google_Protobuf_Timestamp(end) }
        try await form.list(request, names, limit: nil, client)
      }
    }
  }
}

extension ListForm {
  /// Prints what a request asks for, page after page.
  fileprivate func list(
    _ request: Lanyard_V1_ListCheckInsRequest,
    _ names: ScanNames,
    limit: Int?,
    _ client: ServerClient
  ) async throws {
    let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
    if csv { table.begin(ScanLine.columns) }
    try await Listing.eachPage(limit: limit) { token, size in
      var request = request
      (request.pageToken, request.pageSize) = (token, size)
      let page = try await service.listCheckIns(request)
      for checkIn in page.checkIns { try show(ScanLine(try AnsweredScan(checkIn), checkIn, names)) }
      return (page.checkIns.count, page.nextPageToken)
    }
    if isForPeople { Console.line(names.clock.note) }
  }

  private func show(_ line: ScanLine) throws {
    if json { return try Console.json(line) }
    if csv { return table.show(line.fields) }
    Console.line(line.shown(.ofSystem))
  }
}

import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts

extension AttendanceCommand {
  /// `lanyard attendance people`.
  struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "people",
      abstract: "List who is inside now, by area: the list of an evacuation.",
      discussion: """
        Each person stands once, under the area that they were last admitted to, with the checkpoint and the time at the \
        place. An area is called as its room or zone is. With --checkpoint only who is inside the area of that checkpoint. JSON has \
        every place where somebody is.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @Option(
      name: .long,
      help: "Only the area of this checkpoint: its name on the screens, its id, or its resource name."
    )
    var checkpoint: String?
    @OptionGroup var form: ListForm

    func run() async throws {
      let (slug, people, told, names, terms) = try await server.withConnection { client in
        let slug = try await event.slug(client, beside: checkpoint)
        let (people, told) = try await list(slug, client)
        let parent = ResourceName.event(slug).description
        let doors = try await Listing.checkpoints(client, of: parent)
        let names = AreaNames(try doors.map { try Checkpoint($0, under: "checkpoints.") })
        let terms = form.isForPeople ? try await EventTerms(of: parent, client) : .none
        return (slug, people, told, names, terms)
      }
      let clock = VenueTime(zone: try ZoneID(told.timeZone, field: "time_zone"))
      let areas = Dictionary(grouping: people.map { Line($0, of: slug, clock, names, terms) }, by: \.area)
      let order = Phrasebook.ofSystem
      let lists = areas.sorted { order.precedes((names[$0.key], $0.key), (names[$1.key], $1.key)) }.map { area, lines in
        (
          area: names[area],
          lines: lines.sorted { order.precedes(($0.name, $0.registration), ($1.name, $1.registration)) }
        )
      }
      if form.json { return try lists.forEach { try $0.lines.forEach { try Console.json($0) } } }
      if form.csv {
        form.table.begin(Line.columns)
        return lists.forEach { $0.lines.forEach { form.table.show($0.fields) } }
      }
      head(slug, told, people.count, clock)
      for list in lists {
        Console.line("\(list.area)  \(list.lines.count)", "1")
        for line in list.lines { Console.line("  " + line.shown) }
      }
    }

    /// Everybody, and what the last page says of all of them.
    private func list(
      _ event: String,
      _ client: ServerClient
    ) async throws -> (people: [PersonInside], told: Lanyard_V1_ListPeopleInsideResponse) {
      let service = Lanyard_V1_AttendanceService.Client(wrapping: client)
      var request = Lanyard_V1_ListPeopleInsideRequest()
      request.parent = ResourceName.event(event).description
      request.pageSize = Listing.pageSize
      if let checkpoint {
        request.checkpoint = try await Listing.checkpoint(client, named: checkpoint, of: event).name
      }
      var told = Lanyard_V1_ListPeopleInsideResponse()
      let people = try await Listing.all { token in
        request.pageToken = token
        told = try await service.listPeopleInside(request)
        return (try told.people.map { try PersonInside($0, under: "people.") }, told.nextPageToken)
      }
      return (people, told)
    }

    private func head(
      _ event: String,
      _ told: Lanyard_V1_ListPeopleInsideResponse,
      _ count: Int,
      _ clock: VenueTime
    ) {
      let phrasebook = Phrasebook.ofSystem
      if told.rehearsal { Console.line(" \(phrasebook.text(.listNothingReal)) ", "30;43") }
      let facts: [String: Sentence.Fact] = [
        "event": .text(event), "time": .moment(Instant(shown: told.readTime), clock), "count": .count(count),
      ]
      Console.line(phrasebook.text(Sentence(.listPeopleInside, facts)), "1")
    }

    private struct Line: Encodable {
      struct Place: Encodable {
        let area: String
        let checkpoint: String
        /// At the place, such as `2024-05-27 08:30`.
        let since: String
      }

      static let columns = [
        "area", "checkpoint", "since", "name", "organisation", "group", "country", "registration", "area_name",
      ]

      /// Of the place where they were last admitted, as are the checkpoint and the time.
      let area: String
      /// What the room or the zone is called.
      let areaName: String
      let checkpoint: String
      let since: String
      let name: String
      let organisation: String
      /// Id of the group; of a guest without one, of the role.
      let group: String
      /// What that is called.
      private let groupName: String
      let country: String
      let registration: String
      let places: [Place]

      enum CodingKeys: String, CodingKey {
        case area, checkpoint, since, name, organisation, group, country, registration, places
        case areaName = "area_name"
      }

      var fields: [String] { [area, checkpoint, since, name, organisation, group, country, registration, areaName] }

      var shown: String {
        [name, organisation, groupName, country, checkpoint, since].filter { !$0.isEmpty }.joined(separator: "  ")
      }

      init(
        _ person: PersonInside,
        of event: String,
        _ clock: VenueTime,
        _ names: AreaNames,
        _ terms: EventTerms
      ) {
        places = person.places.map {
          Place(area: $0.area, checkpoint: $0.displayName, since: clock.dateAndTime($0.admittedAt))
        }
        // They are somewhere.
        let last = places[places.count - 1]
        (area, checkpoint, since) = (last.area, last.checkpoint, last.since)
        areaName = names[last.area]
        let attendee = person.attendee
        (name, organisation, country) = (attendee.displayName, attendee.organisation, person.country)
        group = RegistrationDetails.counted(group: attendee.group, role: attendee.role)
        let reader = Language.ofSystem ?? .english
        groupName = terms.groupLabel(group, in: reader) ?? terms.roleLabel(group, in: reader) ?? group
        registration = ResourceName.registration(attendee.registration, of: event).description
      }
    }
  }
}

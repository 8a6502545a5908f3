import ArgumentParser
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

extension RegistrationsCommand {
  /// `lanyard registrations add`.
  struct AddCommand: AsyncParsableCommand, TakesEmptyTexts {
    static let mayBeEmpty = PersonFields.texts

    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Register one person, such as a walk-in at the desk.",
      discussion: """
        --email, --group and a name are needed; they take part on site where --participation does not say remote. The line says \
        what came of it: confirmed, on the waiting list where no place is left or others wait for one, or under review where the \
        event reviews the group or role. Then `lanyard badge issue` issues the badge.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var event: EventOption
    @OptionGroup var fields: PersonFields
    @OptionGroup var overCapacity: OverCapacity
    @Flag(name: .long, help: "Print the registration as JSON.")
    var json = false

    func run() async throws {
      var form = try fields.form().form
      form.participation = form.participation ?? .onsite
      try await server.withConnection { client in
        let slug = try await event.slug(client)
        let made = try await Lanyard_V1_RegistrationService.Client(wrapping: client).createRegistration(
          .with {
            $0.parent = ResourceName.event(slug).description
            $0.registration = Lanyard_V1_Registration(form)
            $0.requestID = UUIDBytes.timeOrdered(at: Instant(Date())).description
            $0.overCapacity = overCapacity.isAsked
          }
        )
        Console.line(
          json ? try made.jsonString() : "\(try Registration(made).shownState)  \(made.displayName)  \(made.name)"
        )
        try await overCapacity.tell(of: slug, tookPlace: try made.takesPlace, client)
      }
    }
  }

  /// `lanyard registrations show`.
  struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show all that registrations say, and their badges."
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var people: PeopleArguments

    func run() async throws {
      try await people.each(server.access()) { client, named in
        // With what was noted, which lists do not have.
        let found = try await Lanyard_V1_RegistrationService.Client(wrapping: client).getRegistration(
          .with { $0.name = named.name }
        )
        if people.json {
          Console.line(try found.jsonString())
          return found
        }
        let shown = try Registration(found)
        Console.line("\(shown.shownState)  \(shown.shownName)  \(found.name)")
        for field in RegistrationField.all(answering: shown.details.answers.own.keys.sorted()) {
          let text = shown.details.text(of: field)
          if !text.isEmpty { Console.line("  \(field.column)  \(text)") }
        }
        if !found.moveUpNote.isEmpty { Console.line("  move_up_note  \(found.moveUpNote)") }
        for badge in try await found.badges(client) {
          let told = Phrasebook.ofSystem.text(Sentence(.listBadge, ["serial": .text("\(badge.serial)")]))
          Console.line("  \(told)  \(Phrasebook.ofSystem.text(badge.state.title))")
        }
        return found
      }
    }
  }

  /// `lanyard registrations change`.
  struct ChangeCommand: AsyncParsableCommand, TakesEmptyTexts {
    static let mayBeEmpty = PersonFields.texts

    static let configuration = CommandConfiguration(
      commandName: "change",
      abstract: "Change what registrations say: correct a name, move people to another group, or to remote.",
      discussion: """
        What is not named stays; of several people each gets what is named, but for an e-mail address, which is one person's. A text of \"\" takes it away. From remote to on site it needs a place; the other way its place \
        goes to the next who waits. The badge of who is confirmed and takes part on site goes on working and shows the new name, group and participation at every \
        lane that hears of it; where something that is printed may differ, the command says how to issue another.
        """
    )

    @OptionGroup var server: CallerOptions
    @OptionGroup var people: PeopleArguments
    @OptionGroup var fields: PersonFields
    @Option(
      name: .long,
      help: "Only if the registration, of one person, still has this etag, as `show --json` showed it."
    )
    var etag: String?
    @OptionGroup var overCapacity: OverCapacity

    /// What was said that is of one person alone.
    private var ofOne: String? { etag != nil ? "--etag" : fields.email != nil ? "--email" : nil }

    func validate() throws {
      try people.requireOne(for: ofOne)
      guard try fields.form().fields.isEmpty else { return }
      let options = ["--given-name", "--family-name", "--email", "--organisation", "--group", "--participation", "…"]
      throw ValidationError(Sentence(.optionOneOf, ["choices": .list(options)]))
    }

    func run() async throws {
      let (form, fields) = try fields.form()
      try await people.each(server.access(), overCapacity, ofOne: ofOne) { client, found in
        let changed = try await Lanyard_V1_RegistrationService.Client(wrapping: client).updateRegistration(
          .with {
            $0 = Lanyard_V1_UpdateRegistrationRequest(form, changing: fields, of: found.name, etag: etag ?? found.etag)
            $0.overCapacity = overCapacity.isAsked
          }
        )
        let outcome = try await ChangedRegistration(changed, from: found, client)
        if people.json {
          Console.line(try outcome.json())
          return changed
        }
        Console.line("\(try Registration(changed).shownState)  \(changed.displayName)  \(changed.name)")
        guard fields.contains(where: \.isOfBadges) else { return changed }
        for told in try outcome.told() { Console.line(Phrasebook.ofSystem.text(told)) }
        return changed
      }
    }
  }
}

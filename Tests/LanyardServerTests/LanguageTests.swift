import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardSQLite
import LanyardStore
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import LanyardServer

@Suite("The language of what a caller is told")
struct LanguageTests {
  private static let elsewhere = "events/none"

  private static func told(_ server: ServerHarness, by token: String, asking language: String? = nil) async throws
    -> String?
  {
    var access = server.access(token)
    access.language = language
    return try await withServerConnection(access) { client in
      await CheckInTests.failure {
        _ = try await Lanyard_V1_EventService.Client(wrapping: client).getEvent(.with { $0.name = elsewhere })
      }?.message
    }
  }

  private static func told(
    _ server: ServerHarness,
    by token: String,
    asking language: String? = nil,
    begins words: String
  ) async throws -> Bool {
    let told = try await told(server, by: token, asking: language) ?? ""
    if !told.hasPrefix(words) { Issue.record("\(told)") }
    return told.hasPrefix(words)
  }

  @Test("is that of the event that the caller is bound to, where it asks for none")
  func ofTheEvent() async throws {
    try await ServerHarness.run { server in
      var programme = try SampleData.programme()
      for index in programme.events.indices { programme.events[index].event.language = .french }
      _ = try await server.store.importProgramme(.test(), programme)
      #expect(try await server.store.event(SampleData.forum).event.language == .french)
      let bound = try await server.token(.desk, event: SampleData.forum).text
      let free = try await server.token(.desk).text
      let french = "Ce jeton ne vaut que pour events/\(SampleData.forum)."
      #expect(try await Self.told(server, by: bound, begins: french))
      #expect(try await Self.told(server, by: bound, asking: "de", begins: french))
      #expect(try await Self.told(server, by: bound, asking: "en", begins: "This token is for events/"))
      #expect(try await Self.told(server, by: free) == "There is no events/none.")
      #expect(try await Self.told(server, by: free, asking: "zh") == "events/none 不存在。")
    }
  }

  @Test(
    "has a word of its own for states, roles and profiles, and never the contract's",
    arguments: Language.allCases.filter { $0 != .english }
  )
  func words(language: Language) {
    let phrasebook = Phrasebook.of(language)
    let resource = ResourceName.registration("r", of: SampleData.forum)
    var told: [(raw: String, text: String)] = []
    for state in RegistrationState.allCases {
      for step in RegistrationStep.allCases {
        let refused = StoreError.stepRefused(RegistrationStepRefused(step: step, state: state)).callFault
        told.append((state.rawValue, phrasebook.text(refused.sentence)))
        told.append((step.rawValue, phrasebook.text(refused.sentence)))
      }
      let unconfirmed = StoreError.notConfirmed(resource, state: state).callFault
      told.append((state.rawValue, phrasebook.text(unconfirmed.sentence)))
      let ended = FieldViolation(field: "email", .registrationEnded(state: state))
      told.append((state.rawValue, ended.reason(in: language)))
    }
    let method = Sentence.Fact.text("Method")
    for role in Role.allCases where role != .desk {
      let sentence = Sentence(.errorRoleNotAllowed, ["role": .role(role), "method": method])
      told.append((role.rawValue, phrasebook.text(sentence)))
    }
    for profile in DeviceProfile.allCases {
      let sentence = Sentence(.errorProfileNotAllowed, ["profile": .profile(profile), "method": method])
      told.append((profile.rawValue, phrasebook.text(sentence)))
    }
    for (raw, text) in told { #expect(!text.lowercased().contains(raw.lowercased()), "\(text)") }
  }

  @Test("is that of the event that the request names, where the caller is bound to none and asks for none")
  func ofTheRequest() async throws {
    try await ServerHarness.run { server in
      var programme = try SampleData.programme()
      for index in programme.events.indices where programme.events[index].event.slug == SampleData.forum {
        programme.events[index].event.language = .french
      }
      _ = try await server.store.importProgramme(.test(), programme)
      let code = try await withServerConnection(server.access) { try await People($0).badge(1).code }
      var access = server.access(try await server.token(.organiser).text)
      func told(_ name: String, asking language: String? = nil) async throws -> String? {
        access.language = language
        return try await withServerConnection(access) { client in
          await CheckInTests.failure {
            let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
            _ = try await service.getRegistration(.with { $0.name = name })
          }?.message
        }
      }
      let forum = "events/\(SampleData.forum)"
      #expect(try await told("\(forum)/registrations/none")?.hasSuffix(" n’existe pas.") == true)
      #expect(try await told("\(forum)/registrations/none", asking: "en")?.hasPrefix("There is no ") == true)
      #expect(try await told("events/none/registrations/none")?.hasPrefix("There is no ") == true)
      #expect(try await told("events/wsis20-ocp/registrations/none")?.hasPrefix("There is no ") == true)
      // What is said of a refusal has it, too.
      access.language = nil
      let words = try await withServerConnection(access) { client in
        let service = Lanyard_V1_CheckInService.Client(wrapping: client)
        var words: [String] = []
        try await service.streamCheckIns { writer in
          try await writer.write(
            .with {
              $0.checkpoint = "\(forum)/checkpoints/entrance-lane-1"
              $0.scans = [.with { ($0.scanID, $0.code) = ("none", code) }]
            }
          )
        } onResponse: { response in
          for try await message in response.messages {
            for result in message.results { #expect(result.error.message.contains("n’est pas un UUID"), "\(result)") }
          }
        }
        for _ in 0..<2 {
          let answer = try await service.checkIn(
            .with {
              $0.checkpoint = "\(forum)/checkpoints/entrance-lane-1"
              $0.scan.scanID = UUIDBytes.timeOrdered(at: server.clock.now).description
              $0.scan.code = code
            }
          )
          words.append(answer.checkIn.operatorMessage)
        }
        return words
      }
      #expect(words[0].isEmpty && words[1].hasPrefix("Déjà à l’intérieur"), "\(words)")
    }
  }

  @Test(
    "is the person's own in what a participant is told at a door, beside the operator's, where that is another",
    arguments: [
      ("fr-CH", "en", "fr", "Votre badge a déjà été utilisé ici. Veuillez patienter, un collègue arrive."),
      ("fr", "fr", "fr", ""), ("de", "en", "", ""), ("", "en", "", ""),
    ] as [(String, String, String, String)]
  )
  func atADoor(given: String, asked: String, known: String, told: String) async throws {
    try await ServerHarness.run { server in
      var access = server.access
      access.language = asked
      try await withServerConnection(access) { client in
        var message = People.message(1)
        message.language = given
        let code = try await People(client).badge(message).code
        let service = Lanyard_V1_CheckInService.Client(wrapping: client)
        var answers: [Lanyard_V1_CheckIn] = []
        for _ in 0..<2 {
          let answer = try await service.checkIn(
            .with {
              $0.checkpoint = "events/\(SampleData.forum)/checkpoints/entrance-lane-1"
              $0.scan.scanID = UUIDBytes.timeOrdered(at: server.clock.now).description
              $0.scan.code = code
            }
          )
          answers.append(answer.checkIn)
        }
        #expect(answers.map(\.attendee.language) == [known, known])
        #expect(answers[0].participantOwnMessage.isEmpty && answers[1].participantOwnMessage == told)
        #expect(answers[1].messageLanguage == asked && !answers[1].participantMessage.isEmpty)
        // Whoever reads the record has it in the same words.
        let listed = try await Lanyard_V1_AttendanceService.Client(wrapping: client).listCheckIns(
          .with { $0.parent = "events/\(SampleData.forum)" }
        ).checkIns
        #expect(listed == answers)
        // Who looks somebody up is told how to address them.
        let found = try await service.searchAttendees(
          .with { ($0.parent, $0.query) = ("events/\(SampleData.forum)", message.givenName) }
        ).matches
        #expect(found.map(\.attendee.language) == [known])
      }
    }
  }

  @Test("is the person's own for a personal link")
  func ofThePerson() async throws {
    try await ServerHarness.run { server in
      var message = People.message(1)
      message.language = "es-MX"
      let made = try await withServerConnection(server.access) { [message] client in
        try await Lanyard_V1_RegistrationService.Client(wrapping: client).createRegistration(
          .with { ($0.parent, $0.registration) = ("events/\(SampleData.forum)", message) }
        )
      }
      let (_, id) = try ResourceName.registration(made.name, field: "name")
      let link = try await server.personalLink(of: id).text
      #expect(try await Self.told(server, by: link, begins: "Un enlace personal "))
      #expect(try await Self.told(server, by: link, asking: "ru", begins: "Персональн"))
    }
  }

  @Test(
    "is asked for by who imports a programme, whose faults are told in it",
    arguments: [("fr", "manque\u{202F}; donnez-le"), ("ar", "مفقود؛ أعطِه"), ("zh", "缺失；请填写")]
  )
  func ofAProgramme(language: String, words: String) async throws {
    try await ServerHarness.run { server in
      var access = server.access
      access.language = language
      try await withServerConnection(access) { client in
        let failure = try await DeviceTests.failure {
          _ = try await Lanyard_V1_EventService.Client(wrapping: client).importProgramme(
            .with { $0.document = Data(#"{"events": [{"slug": "a"}]}"#.utf8) }
          )
        }
        let title = failure?.fields.first { $0.name == "events[0].title" }
        #expect(title?.reason == words, "\(failure?.fields ?? [])")
      }
    }
  }

  @Test("is asked for by strangers too, and the details have it as well")
  func ofStrangers() async throws {
    try await ServerHarness.run { server in
      let isFrench = try await Self.told(server, by: "nonsense", asking: "fr", begins: "Le jeton est inconnu ici")
      #expect(isFrench)
    }
  }
}

import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("An event's own questions over TLS", .hangGuard)
struct QuestionCallTests {
  private static let event = "events/\(SampleData.forum)"

  private static func ask(
    _ id: String,
    _ client: ServerClient,
    _ edit: (inout Lanyard_V1_Question) -> Void
  ) async throws -> Lanyard_V1_Question {
    var question = Lanyard_V1_Question.with { ($0.kind, $0.labels) = (.text, ["en": "\(id)?"]) }
    edit(&question)
    let asked = question
    return try await Lanyard_V1_EventService.Client(wrapping: client).createQuestion(
      .with { ($0.parent, $0.questionID, $0.question) = (event, id, asked) }
    )
  }

  private static func run(_ body: (ServerHarness, ServerClient) async throws -> Void) async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { try await body(server, $0) }
    }
  }

  private static func person(_ number: Int, _ answers: [String: String]) -> Lanyard_V1_Registration {
    var person = People.message(number)
    person.answers = answers
    return person
  }

  @Test("Are read with the event, with how many have each choice, and answered with a registration")
  func asked() async throws {
    try await Self.run { _, client in
      let events = Lanyard_V1_EventService.Client(wrapping: client)
      _ = try await Self.ask("dinner", client) {
        ($0.kind, $0.required) = (.choice, true)
        $0.choices = [
          .with { ($0.id, $0.labels, $0.places) = ("fish", ["fr": "Poisson"], 1) }, .with { $0.id = "none" },
        ]
      }
      let made = try await People(client).registration(Self.person(1, ["dinner": "poisson"]))
      #expect(made.answers == ["dinner": "fish"])
      let question = try await events.getEvent(.with { $0.name = Self.event }).questions[0]
      #expect(question.name == "\(Self.event)/questions/dinner" && question.choices[0].taken == 1)
      #expect(try await events.getQuestion(.with { $0.name = question.name }) == question)
      #expect(try await events.listQuestions(.with { $0.parent = Self.event }).questions == [question])
      for answers in [["dinner": "fish"], [:], ["dinner": "soup"], ["dinner": "none", "hats": "1"]] {
        let failure = await CheckInTests.failure { _ = try await People(client).registration(Self.person(2, answers)) }
        let field = answers["hats"] == nil ? "registration.answers.dinner" : "registration.answers.hats"
        #expect(failure?.known == .invalidField && failure?.fields.map(\.name) == [field], "\(answers)")
      }
    }
  }

  @Test("Are answered anew with a mask for one or for all, and imported and exported by columns of their own")
  func changed() async throws {
    try await Self.run { _, client in
      let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
      for id in ["hope", "diet"] { _ = try await Self.ask(id, client) { _ in } }
      let made = try await People(client).registration(Self.person(1, ["hope": "=peace", "diet": "none"]))
      func change(_ answers: [String: String], _ paths: [String]) async throws -> [String: String] {
        try await service.updateRegistration(
          .with {
            ($0.registration.name, $0.registration.answers) = (made.name, answers)
            $0.updateMask.paths = paths
          }
        ).answers
      }
      #expect(try await change(["diet": "vegan"], ["answers.diet"]) == ["hope": "=peace", "diet": "vegan"])
      #expect(try await change(["hope": "=peace"], ["answers"]) == ["hope": "=peace"])
      let failure = await CheckInTests.failure { _ = try await change(["hats": "1"], ["answers.hats"]) }
      #expect(failure?.fields.map(\.name) == ["registration.answers.hats"])
      let rows: [Lanyard_V1_ImportRegistrationsRequest.Row] = [
        .with {
          ($0.row, $0.registration) = (2, Self.person(1, ["diet": "kosher"]))
          $0.updateMask.paths = ["answers.diet"]
        },
        .with { ($0.row, $0.registration) = (3, Self.person(2, ["hats": "1"])) },
      ]
      let imported = try await service.importRegistrations { writer in
        try await writer.write(.with { ($0.parent, $0.rows, $0.update) = (Self.event, rows, true) })
      }
      #expect(imported.updated == 1 && imported.changed.first?.changes.map(\.field) == ["answers.diet"])
      #expect(imported.refused.map(\.field) == ["answers.hats"])
      let text = try await service.exportRegistrations(.with { $0.parent = Self.event }) { response in
        var content = Data()
        for try await part in response.messages { content += part.content }
        return String(decoding: content, as: UTF8.self)
      }
      let lines = text.split(whereSeparator: \.isNewline)
      #expect(lines.first?.contains(",answer:hope,answer:diet,") == true)
      #expect(lines.last?.contains(",'=peace,kosher,") == true)
    }
  }

  @Test("Are changed by their mask, and keep what was answered once they are deleted")
  func deleted() async throws {
    try await Self.run { server, client in
      let events = Lanyard_V1_EventService.Client(wrapping: client)
      let hope = try await Self.ask("hope", client) { _ in }
      let made = try await People(client).registration(Self.person(1, ["hope": "peace"]))
      func change(_ path: String, _ edit: (inout Lanyard_V1_Question) -> Void) async throws -> Lanyard_V1_Question {
        var question = Lanyard_V1_Question.with { $0.name = hope.name }
        edit(&question)
        let new = question
        return try await events.updateQuestion(.with { ($0.question, $0.updateMask.paths) = (new, [path]) })
      }
      #expect(try await change("help") { $0.help = ["en": "In a word."] }.help == ["en": "In a word."])
      let failure = await CheckInTests.failure { _ = try await change("kind") { $0.kind = .number } }
      #expect(failure?.fields.map(\.name) == ["question.kind"])
      _ = try await events.deleteQuestion(.with { $0.name = hope.name })
      #expect(try await events.listQuestions(.with { $0.parent = Self.event }).questions.isEmpty)
      let withdrawn = try await events.listQuestions(
        .with { ($0.parent, $0.showWithdrawn) = (Self.event, true) }
      ).questions
      #expect(withdrawn.map(\.name) == [hope.name] && withdrawn[0].withdrawn)
      #expect(
        try await server.store.registration(String(made.name.split(separator: "/")[3]), of: SampleData.forum).details
          .answers.own == ["hope": "peace"]
      )
    }
  }
}

import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import Logging
import SwiftProtobuf

extension EventServiceProvider {
  func getQuestion(
    request: Lanyard_V1_GetQuestionRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Question {
    let (event, id) = try ResourceName.question(request.name, field: "name")
    guard let found = try await store.questions(of: event).first(where: { $0.question.id == id }) else {
      throw StoreError.notFound(.question(id, of: event))
    }
    return Lanyard_V1_Question(found, of: event)
  }

  func listQuestions(
    request: Lanyard_V1_ListQuestionsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListQuestionsResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let page = try request.page()
    let start = try page.number()
    // An event has few enough to read all, and a page begins at a place among them.
    let all = try await store.questions(of: event).filter { request.showWithdrawn || !$0.question.isWithdrawn }
    let rest = all.enumerated().dropFirst(Int(clamping: start)).map { (number: Int64($0.offset) + 1, $0.element) }
    let cut = page.cut(rest) { PageCursor(.number($0.number)) }
    return .with {
      $0.questions = cut.items.map { Lanyard_V1_Question($0.1, of: event) }
      $0.nextPageToken = request.pageToken(of: cut.next)
    }
  }

  func createQuestion(
    request: Lanyard_V1_CreateQuestionRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Question {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let question = try EventQuestion(sent: request.question, id: request.questionID, under: "question.")
    let asked = try await store.ask(context.act(clock), question, of: event)
    logger.notice("question asked", metadata: ["event": "\(event)", "question": "\(question.id)"])
    return Lanyard_V1_Question(asked, of: event)
  }

  func updateQuestion(
    request: Lanyard_V1_UpdateQuestionRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Question {
    let (event, id) = try ResourceName.question(request.question.name, field: "question.name")
    let change = try QuestionChange(request, of: id)
    let changed = try await store.change(context.act(clock), id, of: event, by: change)
    logger.notice("question changed", metadata: ["event": "\(event)", "question": "\(id)"])
    return Lanyard_V1_Question(changed, of: event)
  }

  func deleteQuestion(
    request: Lanyard_V1_DeleteQuestionRequest,
    context: ServerContext
  ) async throws -> Google_Protobuf_Empty {
    let (event, id) = try ResourceName.question(request.name, field: "name")
    try await store.withdraw(context.act(clock), id, of: event)
    logger.notice("question asked no more", metadata: ["event": "\(event)", "question": "\(id)"])
    return Google_Protobuf_Empty()
  }
}

extension Lanyard_V1_Question {
  fileprivate init(_ stored: StoredQuestion, of event: String) {
    self.init(stored.question, of: event, taken: stored.taken)
  }
}

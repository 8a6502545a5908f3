import ArgumentParser
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// Finds whom somebody names at a command: one way for all commands that are about people.
struct PersonChoice {
  let client: ServerClient
  /// Slug of the event, as it is said; nil where a resource name says it, or there is only one.
  let event: String?

  /// The person who is named.
  ///
  /// - Throws: `ExitStatus.negative` after it was said that nobody fits, or who does where several do.
  func one(_ text: String) async throws -> Lanyard_V1_Registration {
    guard let found = try await find(text) else { throw ExitStatus.negative }
    return found
  }

  /// The resource name of who is named; of a resource name that itself, unasked.
  ///
  /// - Throws: `ExitStatus.negative` after it was said that nobody fits, or who does where several do.
  func name(_ text: String) async throws -> String {
    guard let name = try await named(text) else { throw ExitStatus.negative }
    return name
  }

  /// The resource names of all who are named, each once; of resource names themselves, unasked.
  ///
  /// - Parameter texts: One for each person; a single `-` reads them from standard input, one a line.
  /// - Throws: `ExitStatus.negative` after it was said of each who was not found.
  func names(_ texts: [String]) async throws -> [String] { try await each(of: texts, named) { $0 } }

  /// All people who are named, each once.
  ///
  /// - Parameter texts: One for each person; a single `-` reads them from standard input, one a line.
  /// - Throws: `ExitStatus.negative` after it was said of each who was not found.
  func all(_ texts: [String]) async throws -> [Lanyard_V1_Registration] { try await each(of: texts, find) { $0.name } }

  /// What is found for each who is named, each once by the resource name.
  private func each<Found>(
    of texts: [String],
    _ find: (String) async throws -> Found?,
    name: (Found) -> String
  ) async throws -> [Found] {
    var (people, names): ([Found], Set<String>) = ([], [])
    var isMissing = false
    let isList = texts == ["-"]
    let texts = isList ? try Self.standardInput() : texts
    // Before anybody is looked for, and a word is said of who is not there.
    for text in texts { _ = try EventChoice(event, beside: [text]) }
    for text in texts {
      guard let found = try await find(text) else {
        isMissing = true
        continue
      }
      if names.insert(name(found)).inserted { people.append(found) }
    }
    guard !isMissing else {
      if texts.count > 1 || isList { Console.error(Sentence(.doneNoneChanged), .ofSystem) }
      throw ExitStatus.negative
    }
    return people
  }

  private func named(_ text: String) async throws -> String? {
    if case .registration? = ResourceName(text) {
      _ = try EventChoice(event, beside: [text])
      return text
    }
    return try await find(text)?.name
  }

  /// The one who fits; nil where nobody does, or several, which was said then.
  private func find(_ text: String) async throws -> Lanyard_V1_Registration? {
    let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
    let choice = try EventChoice(event, beside: [text])
    // Who is bound to one registration reads that alone.
    if case .registration? = ResourceName(text) {
      return try await service.getRegistration(.with { $0.name = text })
    }
    let event = try await choice.slug(client)
    let found = try await service.findRegistrations(
      .with { ($0.parent, $0.text) = (ResourceName.event(event).description, text) }
    )
    if found.totalSize == 1, let person = found.registrations.first { return person }
    if !found.registrations.isEmpty {
      try await say(.doneSeveralFit, text, found.registrations, of: Int(found.totalSize), event)
    } else if !found.others.isEmpty {
      try await say(.doneNobodyCalled, text, found.others, of: Int(found.othersSize), event)
    } else {
      Console.error(Sentence(.doneNobodyFits, ["text": .text(text)]), .ofSystem)
    }
    return nil
  }

  /// Says that a text names nobody, or several, and who may be meant.
  private func say(
    _ key: Sentence.Key,
    _ text: String,
    _ people: [Lanyard_V1_Registration],
    of total: Int,
    _ event: String
  ) async throws {
    let terms = try await EventTerms(of: ResourceName.event(event).description, client)
    Console.error(Sentence(key, ["text": .text(text)]), .ofSystem)
    let people = try people.map { try Registration($0) }
    for line in RegistrationLines(withEmail: true, terms: terms).lines(people) { Console.error("  \(line)") }
    let rest = total - people.count
    if rest > 0 { Console.error("  " + Phrasebook.ofSystem.text(Sentence(.doneMoreFit, ["rest": .count(rest)]))) }
  }

  /// The lines of standard input that say something; of one with a resource name at its end, as `lanyard registrations list`
  /// prints them, or at its beginning, that alone.
  ///
  /// - Throws: `CommandFailure` where none says anything.
  private static func standardInput() throws -> [String] {
    var texts: [String] = []
    var isFirst = true
    while var line = readLine() {
      // By it files say that they are UTF-8; it is nobody's name.
      if isFirst, line.unicodeScalars.first == "\u{FEFF}" { line.unicodeScalars.removeFirst() }
      isFirst = false
      let words = line.split { $0.isWhitespace }.map(String.init)
      let name = [words.last, words.first].compactMap(\.self).first { word in
        if case .registration? = ResourceName(word) { true } else { false }
      }
      if let text = name ?? (words.isEmpty ? nil : String(line.trimmingPrefix { $0.isWhitespace })) {
        texts.append(text)
      }
    }
    guard !texts.isEmpty else { throw CommandFailure.usage(Sentence(.optionNobodyRead)) }
    return texts
  }
}

/// A person whom a command is about.
struct PersonArgument: ParsableArguments {
  @Argument(
    help:
      """
      Who: e-mail address, badge code, serial or the mark printed on a badge ("729B · 3"), resource name, or whole words of the \
      name that fit one person alone.
      """
  )
  var person: String
  @OptionGroup var event: EventOption

  func find(_ client: ServerClient) async throws -> Lanyard_V1_Registration {
    try await PersonChoice(client: client, event: event.said).one(person)
  }
}

package import LanyardAPI
package import LanyardDomain

extension Lanyard_V1_Term {
  package init(_ term: Term) {
    self.init()
    id = term.id
    number = Int32(clamping: term.number)
    labels = term.labels.messageTexts
    withdrawn = term.isWithdrawn
    if let limit = term.quota { quota = Int32(clamping: limit) }
  }
}

extension Term {
  /// - Throws: `InvalidInput` where there is no id or number, or a language is not known to this version.
  init(_ message: Lanyard_V1_Term, under prefix: String) throws(InvalidInput) {
    guard !message.id.isEmpty else { throw InvalidInput(field: "\(prefix)id", .notStated(known: "“id”")) }
    guard message.number > 0 else {
      throw InvalidInput(field: "\(prefix)number", .unknownNumber(number: Int(message.number), known: "1, 2, 3 …"))
    }
    self.init(
      id: message.id,
      number: Int(message.number),
      labels: try .texts(message.labels, field: "\(prefix)labels"),
      isWithdrawn: message.withdrawn,
      quota: message.hasQuota ? Int(message.quota) : nil
    )
  }
}

extension [Term] {
  /// - Parameter ids: What a server says alone that is from before terms had numbers: then each has its place as number.
  init(
    _ messages: [Lanyard_V1_Term],
    else ids: [String],
    field: String
  ) throws(InvalidInput) {
    self = messages.isEmpty ? ids.map { Term(id: $0) }.numbered() : []
    for (index, message) in messages.enumerated() { append(try Term(message, under: "\(field)[\(index)].")) }
  }

  /// Ids in the order of the numbers, those that were withdrawn among them.
  var idsByNumber: [String] { sorted { $0.number < $1.number }.ids }
}

extension [Language: String] {
  /// Texts by language as the contract has them.
  var messageTexts: [String: String] {
    Dictionary<String, String>(uniqueKeysWithValues: map { ($0.key.tag, $0.value) })
  }

  /// - Throws: `InvalidInput` where a language is not known to this version.
  static func texts(_ message: [String: String], field: String) throws(InvalidInput) -> [Language: String] {
    var texts: [Language: String] = [:]
    for (tag, text) in message {
      guard let language = Language(rawValue: tag) else {
        throw InvalidInput(field: field, .otherLanguage(known: Language.tags.joined(separator: ", ")))
      }
      texts[language] = text
    }
    return texts
  }
}

/// An expression of C in `n`, as far as gettext takes it.
indirect enum PluralExpression: Hashable, Sendable {
  case number(Int)
  case n
  case not(PluralExpression)
  case operation(Operator, PluralExpression, PluralExpression)
  case choice(PluralExpression, PluralExpression, PluralExpression)

  enum Operator: String, Sendable {
    case or = "||"
    case and = "&&"
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case greater = ">"
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case remainder = "%"

    /// What binds tighter is higher.
    var precedence: Int {
      switch self {
      case .or: 1
      case .and: 2
      case .equal, .unequal: 3
      case .less, .greater, .lessOrEqual, .greaterOrEqual: 4
      case .plus, .minus: 5
      case .times, .divided, .remainder: 6
      }
    }
  }

  /// - Returns: Nil where the text is no such expression.
  init?(_ text: String) {
    guard var tokens = PluralTokens(text), let expression = tokens.expression(depth: 0), tokens.isAtEnd else {
      return nil
    }
    self = expression
  }

  /// The value at a number; nil where it divides by nothing or leaves the numbers.
  func value(at n: Int) -> Int? {
    switch self {
    case .number(let number): return number
    case .n: return n
    case .not(let operand): return operand.value(at: n).map { $0 == 0 ? 1 : 0 }
    case .choice(let condition, let first, let second):
      return condition.value(at: n).flatMap { $0 != 0 ? first.value(at: n) : second.value(at: n) }
    case .operation(let sign, let left, let right):
      guard let left = left.value(at: n), let right = right.value(at: n) else { return nil }
      return sign.result(left, right)
    }
  }
}

extension PluralExpression.Operator {
  fileprivate func result(_ left: Int, _ right: Int) -> Int? {
    switch self {
    case .or: left != 0 || right != 0 ? 1 : 0
    case .and: left != 0 && right != 0 ? 1 : 0
    case .equal: left == right ? 1 : 0
    case .unequal: left != right ? 1 : 0
    case .less: left < right ? 1 : 0
    case .greater: left > right ? 1 : 0
    case .lessOrEqual: left <= right ? 1 : 0
    case .greaterOrEqual: left >= right ? 1 : 0
    case .plus: Self.known(left.addingReportingOverflow(right))
    case .minus: Self.known(left.subtractingReportingOverflow(right))
    case .times: Self.known(left.multipliedReportingOverflow(by: right))
    case .divided: Self.known(left.dividedReportingOverflow(by: right))
    case .remainder: Self.known(left.remainderReportingOverflow(dividingBy: right))
    }
  }

  private static func known(_ result: (partialValue: Int, overflow: Bool)) -> Int? {
    result.overflow ? nil : result.partialValue
  }
}

/// The tokens of an expression, read from the left.
private struct PluralTokens {
  /// How deep parentheses and choices may lie in each other.
  private static let depthLimit = 50

  private var tokens: ArraySlice<String>

  /// - Returns: Nil where a sign is unknown.
  init?(_ text: String) {
    var tokens: [String] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if first.isASCII, first.isNumber {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        tokens.append(String(digits))
        rest = rest.dropFirst(digits.count)
      } else if ["||", "&&", "==", "!=", "<=", ">="].contains(rest.prefix(2)) {
        tokens.append(String(rest.prefix(2)))
        rest = rest.dropFirst(2)
      } else if "n()?:!<>+-*/%".contains(first) {
        tokens.append(String(first))
        rest.removeFirst()
      } else {
        return nil
      }
    }
    self.tokens = tokens[...]
  }

  var isAtEnd: Bool { tokens.isEmpty }

  private mutating func take(_ token: String) -> Bool {
    guard tokens.first == token else { return false }
    tokens.removeFirst()
    return true
  }

  mutating func expression(depth: Int) -> PluralExpression? {
    guard depth < Self.depthLimit, let condition = operation(binding: 1, depth: depth) else { return nil }
    guard take("?") else { return condition }
    guard let first = expression(depth: depth + 1), take(":"), let second = expression(depth: depth + 1) else {
      return nil
    }
    return .choice(condition, first, second)
  }

  /// Operations from the left that bind at least so tight.
  private mutating func operation(binding: Int, depth: Int) -> PluralExpression? {
    guard var left = operand(depth: depth) else { return nil }
    while let sign = tokens.first.flatMap(PluralExpression.Operator.init), sign.precedence >= binding {
      tokens.removeFirst()
      guard let right = operation(binding: sign.precedence + 1, depth: depth) else { return nil }
      left = .operation(sign, left, right)
    }
    return left
  }

  private mutating func operand(depth: Int) -> PluralExpression? {
    guard depth < Self.depthLimit, let token = tokens.popFirst() else { return nil }
    switch token {
    case "n": return .n
    case "!": return operand(depth: depth + 1).map { .not($0) }
    case "(":
      guard let inner = expression(depth: depth + 1), take(")") else { return nil }
      return inner
    default: return Int(token).map { .number($0) }
    }
  }
}

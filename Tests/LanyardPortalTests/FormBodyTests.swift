import Testing

@testable import LanyardPortal

@Suite("What a form sent")
struct FormBodyTests {
  @Test(
    "Is read in whatever script, and is empty where it is not there",
    arguments: [
      ("name=%D9%85%D8%AD%D9%85%D8%AF", "محمد"), ("name=a+b%2Bc", "a b+c"), ("other=1", ""), ("name", ""),
      ("name=", ""),
      ("name=%", "%"), ("name=%4", "%4"), ("name=%zz", "%zz"), ("name=a%0D%0Ab", "a\nb"), ("name=%20a%20", "a"),
      ("name=1&name=2", "1"), ("name=a=b", "a=b"), ("name=%FF", "\u{FFFD}"), ("n%61me=x", "x"), ("&&name=x&", "x"),
    ]
  )
  func reading(sent: String, value: String) {
    #expect(FormBody(encoded: Array(sent.utf8))["name"] == value)
  }

  @Test("Has all boxes that were ticked")
  func boxes() { #expect(FormBody(encoded: Array("a=1&b=2&a=3".utf8)).all("a") == ["1", "3"]) }
}

@Suite("What ties a form to its browser")
struct FormSealTests {
  @Test("Closes with the cookie that it was made with, and no other")
  func closing() throws {
    let new = FormSeal()
    #expect(!new.closes(new.text))
    let kept = try #require(FormSeal(cookie: new.cookie))
    #expect(kept.closes(new.text) && kept.text == new.text)
    let other = try #require(FormSeal(cookie: FormSeal().cookie))
    #expect(!other.closes(new.text))
    for text in [nil, "", "0", String(new.text.dropLast()), new.text + "0"] { #expect(!kept.closes(text)) }
  }

  @Test("Is made anew where a cookie is none", arguments: [nil, "", "abc", String(repeating: "~", count: 32)])
  func cookies(cookie: String?) { #expect(FormSeal(cookie: cookie) == nil) }
}

import BadgeCodes
import BadgePrinting
import Foundation
import LanyardDomain
import LanyardTesting
import Testing

@Suite("Logos of designs", .blocking)
struct BadgeLogoTests {
  private static func svg(_ content: String, before: String = "") -> [UInt8] {
    Array("\(before)<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\">\(content)</svg>".utf8)
  }

  private static let mark = svg(##"<rect width="10" height="10" fill="#d00000"/>"##)

  private static func fault(_ bytes: [UInt8]) -> BadgeLogo.Fault? {
    do throws(BadgeLogo.Fault) {
      _ = try BadgeLogo(name: "logo", bytes: bytes)
      return nil
    } catch {
      return error
    }
  }

  private static func png() throws -> [UInt8] { try QRImage(QRSymbol(encoding: "LOGO")).bytes(as: .png()) }

  @Test("Are PNG or SVG files, whatever they are called")
  func formats() throws {
    #expect(Self.fault(Self.mark) == nil)
    #expect(Self.fault(try Self.png()) == nil)
    #expect(Self.fault(Self.svg("", before: "<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE svg>")) == nil)
    for other in ["", "hello", "GIF89a", "<html></html>"] { #expect(Self.fault(Array(other.utf8)) == .otherFormat) }
    #expect(Self.fault(Array("<svg/>".utf16.flatMap { [UInt8($0), 0] })) == .otherFormat)
    for other in ["encoding='UTF-7'", "encoding\n=\n\"utf-7\"", "encoding='UTF-8' encoding='UTF-7'", "encoding=utf-7"] {
      let blanks = String(repeating: " ", count: 300)
      #expect(Self.fault(Self.svg("", before: "<?xml version='1.0'\(blanks)\(other)?>")) == .otherFormat)
    }
    let drawing = """
      <!-- Drawn by hand --><title>Mark</title><metadata><rdf:RDF xmlns:rdf="r"><cc:Work xmlns:cc="c"/></rdf:RDF></metadata>
      <style><![CDATA[path { fill: #112233 }]]></style><defs><linearGradient id="g"><stop/></linearGradient></defs>
      <g><path d="M0 0h2v1z"/></g>
      """
    #expect(Self.fault(Self.svg(drawing)) == nil)
  }

  @Test("Are refused where they are cut off or spoilt")
  func broken() throws {
    let png = try Self.png()
    for length in [8, 20, 33, png.count / 2, png.count - 20] {
      #expect(Self.fault(Array(png.prefix(length))) != nil, "\(length)")
    }
    guard case .unreadable? = Self.fault(Array(Self.mark.dropLast(20))) else {
      Issue.record("a cut SVG was taken")
      return
    }
  }

  @Test("Are refused where they say to be larger than they may be, before any of it is unpacked")
  func large() throws {
    var png = try Self.png()
    // Width and height of the header, 65,535 points each: 17 GB of memory.
    png.replaceSubrange(16..<24, with: [0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF])
    #expect(Self.fault(png) == .tooManyPixels)
    png.replaceSubrange(16..<24, with: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
    #expect(Self.fault(png) == .tooManyPixels)
    #expect(Self.fault(Self.mark + [UInt8](repeating: 0x20, count: 300_000)) == .tooLarge)
  }

  @Test(
    "Have nothing in an SVG that comes from elsewhere or takes long",
    arguments: [
      ("<text>A</text>", "<text>"), ("<svg:image href='data:image/png;base64,AAAA'/>", "<image>"),
      ("<filter id='f'><feTurbulence numOctaves='9999999'/></filter>", "<filter>"),
      ("<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd'/>", "<include>"),
      ("<g id='a'/><use href='#a'/>", "<use>"), ("<clipPath/>", "<clippath>"), ("<svg:mask/>", "<mask>"),
      ("<g stroke-dasharray='1 1 1'/>", "stroke-dasharray"), ("<style>a{stroke-dash\\61rray:1}</style>", "\\"),
      ("<g style='&#115;troke:red'/>", "&#"), (String(repeating: "<stop/>", count: 101), "<stop>"),
      ("<foreignObject/>", "<foreignobject>"), ("<unheard-of/>", "<unheard-of>"),
      ("<\(String(repeating: "p", count: 70)):pattern xmlns:p='http://www.w3.org/2000/svg'/>", "<pattern>"),
      ("<![CDATA[ <!-- ]]><use/><!-- -->", "<use>"), ("<!-- <use/> -->", "<use>"),
      ("<\(String(repeating: "n", count: 70))/>", "<\(String(repeating: "n", count: 40))>"),
    ]
  )
  func elements(content: String, name: String) {
    #expect(Self.fault(Self.svg(content)) == .element(name))
    let entities = "<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
    #expect(Self.fault(Self.svg("", before: entities)) == .element("<!entity>"))
  }

  @Test("Are drawn in the middle of their box, once in a file of many badges")
  func drawn() throws {
    let yaml = """
      paper: {width: 100, height: 60}
      front:
        name: {x: 2, y: 2, width: 50, height: 20, shows: name}
        code: {x: 60, y: 2, width: 30, height: 30, shows: code}
        vector: {x: 2, y: 40, width: 30, height: 10, shows: {logo: mark.svg}}
        points: {x: 40, y: 40, width: 30, height: 10, shows: {logo: mark.png}}
      """
    let logos = ["mark.svg": Self.mark, "mark.png": try Self.png()]
    let design = try BadgeDesign(BadgeDesignFile(name: "d.yaml", content: Array(yaml.utf8), logos: logos))
    let painter = BadgePainter(design, try BadgeFonts(), in: .english)
    let badge = try BadgeDocumentTests.badge("Ada")
    let page = try PageImage(painter.png(.front, of: badge, width: 1000))
    // Ten points to the millimetre: the red square has the middle ten millimetres of its box.
    #expect(page[x: 170, y: 450] == [0xD0, 0, 0] && page[x: 100, y: 450] == [255, 255, 255])
    #expect(page[x: 125, y: 405] == [0xD0, 0, 0] && page[x: 215, y: 495] == [0xD0, 0, 0])
    #expect(page[x: 225, y: 450] == [255, 255, 255])

    func size(_ badges: Int) throws -> Int {
      let document = BadgeDocument(BadgePainter(design, try BadgeFonts(), in: .english), on: .single, title: "Badges")
      var bytes = 0
      for _ in 0..<badges { bytes += try document.add(badge).count }
      return try bytes + document.finish().count
    }
    let (few, many) = (try size(2), try size(102))
    #expect(many - few < 100 * 2_500, "\(few), \(many)")
  }
}

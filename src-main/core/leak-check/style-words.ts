/**
 * Words of CSS, HTML and of the export's own formats that are a complete value or key. A page may show such a word as a text, but every
 * export holds it as well, so finding it proves nothing.
 */
export const styleWords: ReadonlySet<string> = new Set(
  `aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood cadetblue chartreuse
  chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta
  darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkturquoise darkviolet deeppink
  deepskyblue dimgray dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey
  honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgray
  lightgreen lightpink lightsalmon lightseagreen lightskyblue lightyellow lime limegreen linen magenta maroon mediumblue midnightblue
  mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid palegreen paleturquoise papayawhip
  peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna
  silver skyblue slateblue slategray snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke yellow
  yellowgreen transparent inherit initial unset revert normal bold bolder lighter italic oblique medium small large smaller larger thin
  thick solid dashed dotted double groove ridge inset outset hidden visible collapse scroll auto block inline flex grid table none
  canvas iframe svg audio video picture html body head span div style script template slot object embed select option textarea input
  button label legend fieldset form event events node nodes asset font url attribute attributes annotation selection plugin source field
  repeat text image custom network console pointer window keyframe payload timestamp`
    .trim()
    .split(/\s+/),
);

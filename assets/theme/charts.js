// Draws each figure of the page from the numbers in its own table, so that picture and table cannot differ.
// Needs the global `echarts`. Without it, or without JavaScript, the table is all there is, and it is enough.
(() => {
  'use strict'

  // Told apart by people with any colour vision (Okabe and Ito, 2008), and by shape as well.
  const ink = '#0b0c0c'
  const secondary = '#484949'
  const rule = '#cecece'
  const limit = '#6f777b'
  const value = '#1d70b8'
  const lines = ['#0072b2', '#d55e00', '#007a5e', '#8a4a86', '#6f777b', '#0b0c0c']
  const shapes = ['circle', 'triangle', 'rect', 'diamond', 'roundRect', 'pin']
  const dashes = ['solid', 'dashed', 'dotted', [8, 3, 2, 3], [12, 4], [2, 5]]
  const signals = {
    improvement: { name: 'Signal: improvement', colour: '#0072b2', symbol: 'triangle', size: 13 },
    concern: { name: 'Signal: concern', colour: '#d55e00', symbol: 'diamond', size: 14 },
    change: { name: 'Signal: change', colour: '#8a4a86', symbol: 'rect', size: 10 }
  }

  const number = text => text === undefined || text === null || text === '' ? null : Number(text)

  /** The table as columns by name, and the rows with what is marked on them. */
  function read(figure) {
    const table = figure.querySelector('table')
    const heads = [...table.tHead.rows[0].cells]
    const rows = [...table.tBodies[0].rows]
    const at = name => heads.findIndex(h => h.dataset.column === name)
    const column = index => rows.map(r => number(r.cells[index]?.dataset.value))
    return {
      title: figure.querySelector('[data-chart-title]').textContent.trim(),
      unit: figure.dataset.unit ?? '',
      decimals: Number(figure.dataset.decimals ?? 0),
      target: number(figure.dataset.target),
      labels: rows.map(r => r.cells[0].textContent.trim()),
      shorts: rows.map(r => r.cells[0].dataset.short ?? r.cells[0].textContent.trim()),
      texts: rows.map(r => [...r.cells].map(c => c.textContent.trim())),
      heads: heads.map(h => h.textContent.trim()),
      marks: rows.map(r => ({ ...r.dataset })),
      named: name => column(at(name)),
      has: name => at(name) >= 0,
      values: heads.map((h, i) => [h, i]).filter(([h]) => h.dataset.column === 'value').map(([h, i]) => ({
        name: h.textContent.trim(), short: h.dataset.short ?? h.textContent.trim(), data: column(i),
        texts: rows.map(r => r.cells[i].textContent.trim()), hidden: rows.map(r => r.cells[i].dataset.hidden === 'yes')
      }))
    }
  }

  const write = (n, decimals) => n === null || n === undefined ? '–' : n.toLocaleString('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })

  /** Breaks a text into lines of some length: rich text tooltips do not wrap by themselves. */
  function wrap(text, length) {
    const out = ['']
    for (const word of text.split(/\s+/)) {
      if (out.at(-1) && out.at(-1).length + word.length >= length) out.push('')
      out[out.length - 1] += (out.at(-1) ? ' ' : '') + word
    }
    return out.join('\n')
  }

  const still = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches

  function frame(figure, data, narrow) {
    const font = getComputedStyle(figure.querySelector('[data-chart-title]')).fontFamily
    return {
      animation: !still(),
      animationDuration: 250,
      textStyle: { fontFamily: font, fontSize: narrow ? 12 : 14, color: ink },
      aria: { enabled: true, label: { description: `Chart: ${data.title}. The same numbers are in the table that follows.` } },
      tooltip: {
        renderMode: 'richText', trigger: 'axis', confine: true, transitionDuration: 0,
        backgroundColor: '#ffffff', borderColor: ink, borderWidth: 1, padding: 10,
        textStyle: { color: ink, fontFamily: font, fontSize: 14, lineHeight: 20 }
      },
      legend: { top: 4, left: 0, padding: 0, itemGap: narrow ? 10 : 18, itemWidth: 24, itemHeight: 12, selectedMode: false, textStyle: { color: ink, fontSize: narrow ? 12 : 14 } }
    }
  }

  function axes(data, narrow) {
    return {
      xAxis: {
        type: 'category', data: data.shorts, boundaryGap: true,
        axisLine: { lineStyle: { color: limit } }, axisTick: { show: false },
        axisLabel: { color: secondary, hideOverlap: true, fontSize: narrow ? 11 : 13 }
      },
      yAxis: {
        type: 'value', scale: true, name: data.unit, nameLocation: 'end', nameGap: 12,
        nameTextStyle: { align: 'left', color: secondary, padding: [0, 0, 0, narrow ? -30 : -40] },
        axisLabel: { color: secondary, fontSize: narrow ? 11 : 13, formatter: n => n.toLocaleString('en-GB') },
        splitLine: { lineStyle: { color: rule, width: 1, opacity: 0.6 } }
      }
    }
  }

  const straight = (name, data, style) => ({ name, type: 'line', data, symbol: 'line', showSymbol: false, silent: true, connectNulls: false, z: 2, lineStyle: style, itemStyle: { color: style.color } })

  /** The control chart: values, mean and limits of each phase, the frozen baseline, changes, signals. */
  function xmr(figure, data, narrow) {
    const phases = [...new Set(data.marks.map(m => m.phase).filter(p => p !== undefined))]
    // Limits that are carried on begin at the last period that they come from, so that the line does not break there.
    const isCarried = (phase, i) => data.marks[i]?.phase === phase && data.marks[i].frozen
    const within = (phase, column, carried) => column.map((n, i) => data.marks[i].phase === phase && (!!data.marks[i].frozen === carried || carried && isCarried(phase, i + 1)) ? n : null)
    const values = data.named('value')
    const [mean, lower, upper] = ['mean', 'lower', 'upper'].map(data.named)
    const frozen = data.marks.some(m => m.frozen)
    const changes = data.marks.map((m, i) => [m.change, i]).filter(([what]) => what)

    const series = [{
      name: 'Value', type: 'line', data: values, symbol: 'circle', symbolSize: narrow ? 4 : 5, showAllSymbol: true, connectNulls: false, z: 3,
      lineStyle: { color: value, width: narrow ? 1.25 : 1.75 }, itemStyle: { color: value },
      markArea: frozen ? baseline(data) : undefined,
      markLine: changes.length ? changeLines(changes, data, narrow) : undefined
    }]
    for (const phase of phases) {
      for (const carried of [false, true]) {
        if (!data.marks.some(m => m.phase === phase && !!m.frozen === carried)) continue
        series.push(straight('Mean', within(phase, mean, carried), { color: ink, width: 1.5, type: 'solid' }))
        for (const side of [lower, upper]) series.push(straight('Natural limits', within(phase, side, carried), { color: limit, width: 1.5, type: carried ? [2, 4] : [7, 4] }))
      }
    }
    if (data.target !== null) series.push(straight('Target', values.map(() => data.target), { color: '#8a4a86', width: 2, type: [10, 3, 2, 3] }))
    for (const [meaning, look] of Object.entries(signals)) {
      const points = values.map((n, i) => data.marks[i].signal === meaning ? n : null)
      if (points.every(n => n === null)) continue
      series.push({
        name: look.name, type: 'scatter', data: points, symbol: look.symbol, symbolSize: narrow ? look.size - 5 : look.size, silent: true, z: 4,
        itemStyle: { color: look.colour, opacity: 1, borderColor: '#ffffff', borderWidth: narrow ? 0.5 : 1 }
      })
    }

    const option = { ...frame(figure, data, narrow), ...axes(data, narrow), series }
    const names = [...new Set(series.map(s => s.name))]
    option.legend.data = names.map(name => ({ name }))
    const legendRows = narrow ? Math.ceil(names.length / 2) : names.length > 4 && figure.clientWidth < 800 ? 2 : 1
    option.grid = { left: narrow ? 42 : 56, right: narrow ? 8 : 20, top: legendRows * 22 + (changes.length ? (narrow ? 56 : 62) : 36), bottom: 32 }
    option.tooltip.formatter = items => {
      const i = items[0].dataIndex
      const column = head => data.texts[i][data.heads.indexOf(head)]
      const told = [data.labels[i], `Value: ${column('Value')}`]
      if (mean[i] !== null) told.push(`Mean: ${column('Mean')}`)
      if (lower[i] !== null) told.push(`Limits: ${column('Lower limit')} to ${column('Upper limit')}`)
      for (const more of [column('Signal'), column('Change')]) if (more) told.push(wrap(more, narrow ? 34 : 48))
      return told.join('\n')
    }
    return option
  }

  function baseline(data) {
    const last = data.marks.findLastIndex(m => m.phase === '0' && !m.frozen)
    const first = data.marks.findIndex(m => m.phase === '0')
    return {
      silent: true, itemStyle: { color: '#b1b4b6', opacity: 0.22 },
      label: { color: secondary, position: 'insideBottomLeft', fontSize: 13 },
      data: [[{ name: 'Baseline', xAxis: first }, { xAxis: last }]]
    }
  }

  function changeLines(changes, data, narrow) {
    return {
      silent: true, symbol: 'none', animation: false, lineStyle: { color: ink, width: 2, type: 'solid' },
      data: changes.map(([what, i]) => {
        const late = i > data.labels.length / 2
        const when = `${data.heads[0].toLowerCase()} ${data.shorts[i]}`
        const text = narrow ? `Change, ${when}` : `Change, ${when}: ${what}`
        return { xAxis: i, label: { position: 'end', color: ink, fontSize: narrow ? 12 : 13, lineHeight: 17, distance: narrow ? 20 : 18, align: late ? 'right' : 'left', padding: late ? [0, -4, 0, 0] : [0, 0, 0, -4], formatter: () => wrap(text, narrow ? 30 : 56) } }
      })
    }
  }

  function line(figure, data, narrow) {
    const option = { ...frame(figure, data, narrow), ...axes(data, narrow) }
    option.series = data.values.map(({ name, data: points }, i) => ({
      name, type: 'line', data: points, connectNulls: false, symbol: shapes[i % 6], symbolSize: narrow ? 4 : 6, showAllSymbol: points.length < 60,
      lineStyle: { color: lines[i % 6], width: 2, type: dashes[i % 6] }, itemStyle: { color: lines[i % 6] }
    }))
    option.yAxis.scale = false
    const legend = data.values.length > 1
    if (!legend) delete option.legend
    const rows = legend ? Math.ceil(data.values.length / (narrow ? 2 : 5)) : 0
    option.grid = { left: narrow ? 42 : 56, right: narrow ? 8 : 20, top: 36 + rows * 22, bottom: 32 }
    option.tooltip.formatter = items => [data.labels[items[0].dataIndex], ...items.map(t => `${t.seriesName}: ${write(t.value ?? null, data.decimals)}`)].join('\n')
    return option
  }

  function bar(figure, data, narrow) {
    const values = data.named('value')
    const [low, high] = data.has('low') ? [data.named('low'), data.named('high')] : [[], []]
    const option = frame(figure, data, narrow)
    delete option.legend
    option.tooltip.axisPointer = { type: 'shadow' }
    const room = Math.round(figure.clientWidth * (narrow ? 0.38 : 0.28))
    option.grid = { left: room + 10, right: narrow ? 52 : 76, top: 8, bottom: 46 }
    option.yAxis = {
      type: 'category', data: data.labels, inverse: true, axisTick: { show: false }, axisLine: { lineStyle: { color: limit } },
      axisLabel: { color: ink, width: room, overflow: 'break', lineHeight: narrow ? 14 : 17, interval: 0, fontSize: narrow ? 12 : 14 }
    }
    option.xAxis = {
      type: 'value', splitNumber: narrow ? 3 : 6, name: data.unit, nameLocation: 'middle', nameGap: 28, nameTextStyle: { color: secondary },
      axisLabel: { color: secondary, hideOverlap: true, fontSize: narrow ? 11 : 13, formatter: n => n.toLocaleString('en-GB') }, splitLine: { lineStyle: { color: rule, opacity: 0.6 } }
    }
    const whiskers = values.map((_, i) => [low[i], high[i], i]).filter(([from, to]) => from !== null && to !== null && from !== undefined)
    option.series = [{
      name: data.heads[1], type: 'bar', data: values, barMaxWidth: 26, itemStyle: { color: whiskers.length ? '#5694ca' : value },
      label: { show: !whiskers.length, position: 'right', color: ink, fontSize: narrow ? 12 : 14, formatter: p => write(p.value, data.decimals) },
      markLine: whiskers.length ? {
        silent: true, animation: false, symbol: 'rect', symbolSize: [12, 2], label: { show: false }, lineStyle: { color: ink, width: 2, type: 'solid' },
        data: whiskers.map(([from, to, i]) => [{ coord: [from, i] }, { coord: [to, i] }])
      } : undefined
    }]
    // Stretches the axis to the ends of the intervals, which a mark does not.
    if (whiskers.length) for (const ends of [low, high]) option.series.push({ type: 'scatter', data: ends, symbolSize: 0, silent: true, tooltip: { show: false } })
    option.tooltip.formatter = items => {
      const i = items[0].dataIndex
      return [wrap(data.labels[i], 40), ...data.heads.slice(1).map((h, c) => `${h}: ${data.texts[i][c + 1]}`)].join('\n')
    }
    return option
  }

  /** Colours of places in up to five classes of equally many places each; light to dark, told apart in grey as well. */
  function map(figure, data, narrow) {
    const shades = ['#dbe9f6', '#a6c8e4', '#6a9fcb', '#2f74ad', '#123f69']
    const values = data.named('value')
    const sorted = values.filter(v => v !== null).sort((a, b) => a - b)
    const step = 10 ** -data.decimals
    const cuts = [...new Set([1, 2, 3, 4].map(i => Math.round(sorted[Math.floor(sorted.length * i / 5)] / step) * step))].filter(c => c > sorted[0] && c <= sorted.at(-1))
    const bounds = [sorted[0], ...cuts, sorted.at(-1)]
    const pieces = bounds.slice(0, -1).map((from, i) => {
      const last = i === bounds.length - 2
      return {
        gte: i === 0 ? undefined : from, lt: last ? undefined : bounds[i + 1],
        label: last ? `${write(from, data.decimals)} or more` : i === 0 ? `below ${write(bounds[1], data.decimals)}` : `${write(from, data.decimals)} to below ${write(bounds[i + 1], data.decimals)}`,
        color: shades[bounds.length === 2 ? 2 : Math.round(i * 4 / (bounds.length - 2))]
      }
    })
    const option = frame(figure, data, narrow)
    delete option.legend
    option.tooltip.trigger = 'item'
    option.tooltip.formatter = place => {
      const i = data.marks.findIndex(m => m.key === place.name)
      if (i < 0) return `${place.name}\nNothing is known of this place`
      return [wrap(data.labels[i], 40), ...data.heads.slice(1).map((h, c) => `${h}: ${data.texts[i][c + 1]}`)].join('\n')
    }
    option.visualMap = {
      type: 'piecewise', pieces, left: 0, bottom: 0, orient: 'vertical', itemWidth: 18, itemHeight: 14, itemGap: narrow ? 6 : 8, itemSymbol: 'rect', hoverLink: false, selectedMode: false,
      outOfRange: { color: '#ffffff' }, textStyle: { color: ink, fontSize: narrow ? 12 : 14 }
    }
    const [room, tall, shape] = [figure.clientWidth - (narrow ? 8 : 226), narrow ? 300 : 544, figure.shape ?? 1]
    option.series = [{
      type: 'map', map: figure.dataset.source, selectedMode: false, roam: false, nameProperty: 'name', aspectScale: figure.aspectScale ?? 0.75,
      layoutCenter: [narrow ? '50%' : 220 + room / 2, narrow ? 8 + tall / 2 : '50%'], layoutSize: shape > 1 ? Math.min(room, tall * shape) : Math.min(tall, room / shape),
      label: { show: false }, itemStyle: { borderColor: limit, borderWidth: 0.6, areaColor: '#ffffff' },
      emphasis: { label: { show: false }, itemStyle: { areaColor: '#ffdd00', borderColor: ink, borderWidth: 2 } },
      data: values.map((n, i) => ({ name: data.marks[i].key, value: n ?? NaN }))
    }]
    return option
  }

  // One hue from light to dark, which tells more from less also in print and with any colour vision.
  const shade = (from, to) => to > from ? x => mix((x - from) / (to - from)) : () => mix(1)
  const mix = t => `rgb(${[[222, 235, 247], [8, 48, 107]].reduce((a, b) => a.map((v, i) => Math.round(v + (b[i] - v) * t)))})`

  /** The heat map: a square for each pair, a cross for what is hidden, and nothing for what is not there. */
  function heat(figure, data, narrow) {
    const option = frame(figure, data, narrow)
    const cells = data.values.flatMap((v, x) => v.data.map((n, y) => ({ x, y, n, hidden: v.hidden[y], text: v.texts[y] })))
    const numbers = cells.map(c => c.n).filter(n => n !== null)
    const [least, most] = [Math.min(...numbers), Math.max(...numbers)]
    const colour = shade(least, most)
    const room = Math.round(figure.clientWidth * (narrow ? 0.34 : 0.24))
    const wide = Math.max(4, (figure.clientWidth - room - 20) / data.values.length - 2)
    const lettered = !narrow && wide > 44
    option.legend = undefined
    option.tooltip.trigger = 'item'
    option.grid = { left: room + 10, right: 10, top: 10, bottom: narrow ? 110 : 96 }
    option.xAxis = {
      type: 'category', data: data.values.map(v => v.short), axisTick: { show: false }, axisLine: { lineStyle: { color: limit } }, splitArea: { show: false },
      axisLabel: { color: ink, rotate: wide < 70 ? 60 : 0, width: wide < 70 ? 100 : wide, overflow: wide < 70 ? 'truncate' : 'break', interval: 0, hideOverlap: true, fontSize: narrow ? 11 : 13 }
    }
    option.yAxis = {
      type: 'category', data: data.shorts, inverse: true, axisTick: { show: false }, axisLine: { lineStyle: { color: limit } },
      axisLabel: { color: ink, width: room, overflow: 'truncate', interval: 0, fontSize: narrow ? 11 : 13 }
    }
    const square = [wide, 26]
    option.series = [{
      type: 'scatter', symbol: 'rect', symbolSize: square, animation: false,
      data: cells.filter(c => c.n !== null).map(c => ({
        value: [c.x, c.y], name: c.text, itemStyle: { color: colour(c.n) },
        label: { show: lettered, formatter: c.text, color: most > least && (c.n - least) / (most - least) > 0.45 ? '#ffffff' : ink, fontSize: 12 }
      }))
    }, {
      type: 'scatter', symbol: 'path://M0,0 L10,10 M10,0 L0,10', symbolSize: 10, animation: false,
      itemStyle: { color: 'transparent', borderColor: secondary, borderWidth: 1.5 },
      data: cells.filter(c => c.hidden).map(c => ({ value: [c.x, c.y], name: c.text }))
    }]
    option.tooltip.formatter = item => `${wrap(data.labels[item.value[1]], 40)}\n${wrap(data.values[item.value[0]].name, 40)}\n${item.name}`
    return option
  }


  /** The outlines of a map, from our own server; false where they cannot be had, and then the table is enough. */
  async function outlines(figure) {
    const answer = await fetch(figure.dataset.source, { credentials: 'same-origin' }).catch(() => null)
    if (!answer?.ok) return false
    const shapes = await answer.json()
    const points = shapes.features.flatMap(f => f.geometry.coordinates.flat(2))
    const range = at => points.reduce(([low, high], p) => [Math.min(low, p[at]), Math.max(high, p[at])], [Infinity, -Infinity])
    const [[west, east], [south, north]] = [range(0), range(1)]
    // A degree of longitude is shorter the farther it is from the equator.
    figure.aspectScale = Math.cos((south + north) / 2 * Math.PI / 180)
    figure.shape = (east - west) * figure.aspectScale / (north - south)
    window.echarts.registerMap(figure.dataset.source, shapes)
    return true
  }

  /** The funnel: each unit by its size, the middle, and limits that close in on it. */
  function funnel(figure, data, narrow) {
    const [values, sizes] = [data.named('value'), data.named('size')]
    const curve = [...figure.querySelectorAll('tbody[data-curve] tr')].map(r => r.dataset)
    const option = { ...frame(figure, data, narrow), ...axes(data, narrow) }
    const ranges = [Math.min(...sizes), Math.max(...sizes)]
    const wide = ranges[1] > 20 * ranges[0]
    // No share is above all.
    if (data.unit === '%') option.yAxis.max = ({ max }) => max > 80 ? 100 : null
    option.xAxis = {
      type: wide ? 'log' : 'value', minInterval: 1, min: number(curve[0].size), max: number(curve.at(-1).size), name: data.heads[2] === 'n' ? 'n of the unit' : data.heads[2], nameLocation: 'middle', nameGap: 28,
      nameTextStyle: { color: secondary }, axisLine: { lineStyle: { color: limit } }, splitLine: { show: false },
      axisLabel: { color: secondary, hideOverlap: true, showMinLabel: false, showMaxLabel: false, fontSize: narrow ? 11 : 13, formatter: n => n.toLocaleString('en-GB', { maximumFractionDigits: 0 }) }
    }
    const path = (name, key, style) => ({
      name, type: 'line', data: curve.map(c => [number(c.size), number(c[key])]), showSymbol: false, symbol: 'line', silent: true, z: 2, lineStyle: style, itemStyle: { color: style.color }
    })
    const dotted = { color: limit, width: 1.5, type: [3, 3] }
    const dashed = { color: limit, width: 1.5, type: [9, 4] }
    option.series = [
      path('All together', 'centre', { color: ink, width: 1.5, type: 'solid' }),
      path('95% limits', 'low', dotted), path('95% limits', 'high', dotted),
      path('99.8% limits', 'lowest', dashed), path('99.8% limits', 'highest', dashed),
      ...[['within', 'Within the limits', 'circle', value, 8], ['betweenlimits', 'Between the limits', 'rect', '#8a4a86', 9], ['beyond', 'Beyond the limits', 'diamond', '#d55e00', 13]].map(([place, name, symbol, colour, size]) => ({
        name, type: 'scatter', symbol, symbolSize: narrow ? size - 2 : size, z: 3, itemStyle: { color: colour, borderColor: '#ffffff', borderWidth: 1, opacity: 1 },
        data: values.map((n, i) => ({ value: [sizes[i], n], name: i })).filter(p => data.marks[p.name].zone === place)
      })).filter(s => s.data.length)
    ]
    const names = [...new Set(option.series.map(s => s.name))]
    option.legend.data = names.map(name => ({ name }))
    option.grid = { left: narrow ? 42 : 56, right: narrow ? 12 : 24, top: (narrow ? Math.ceil(names.length / 2) : names.length > 4 && figure.clientWidth < 800 ? 2 : 1) * 22 + 36, bottom: 52 }
    option.tooltip.trigger = 'item'
    option.tooltip.formatter = item => [data.labels[item.name], ...data.heads.slice(1).map((h, c) => `${h}: ${data.texts[item.name][c + 1]}`)].join('\n')
    return option
  }

  const kinds = { xmr, bar, line, heat, map, funnel }

  async function draw(figure) {
    const kind = kinds[figure.dataset.chart]
    const canvas = figure.querySelector('.app-figure__canvas')
    if (!kind || !canvas || !figure.querySelector('table tbody tr')) return
    if (figure.dataset.source && !await outlines(figure)) return
    const data = read(figure)
    canvas.hidden = false
    const narrow = () => figure.clientWidth < 560
    const height = () => figure.dataset.chart === 'heat' ? (narrow() ? 130 : 116) + data.labels.length * 28 : figure.dataset.chart === 'bar' ? 70 + data.labels.length * (narrow() ? 40 : 36) : narrow() ? (figure.dataset.chart === 'map' ? 440 : 340) : ['xmr', 'funnel'].includes(figure.dataset.chart) ? 420 : figure.dataset.chart === 'map' ? 560 : 340
    canvas.style.height = `${height()}px`
    const chart = window.echarts.init(canvas, null, { renderer: 'canvas' })
    canvas.setAttribute('role', 'img')
    chart.setOption(kind(figure, data, narrow()))

    let width = figure.clientWidth
    new ResizeObserver(() => {
      if (figure.clientWidth === width || figure.clientWidth === 0) return
      width = figure.clientWidth
      canvas.style.height = `${height()}px`
      chart.resize({ animation: { duration: 0 } })
      chart.setOption(kind(figure, data, narrow()), true)
    }).observe(figure)
  }

  function start() {
    if (!window.echarts) return
    for (const figure of document.querySelectorAll('figure[data-chart]')) draw(figure)
  }

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start)
  else start()
})()

import 'connect-account/define.js';
import type {} from 'connect-account/solid.js';
import { createSignal, Show } from 'solid-js';
import { render } from 'solid-js/web';
import { Accounts } from './accounts';

function App() {
  const [userId, setUserId] = createSignal('user_ada');
  const [route, setRoute] = createSignal('home');
  const other = (
    <button id="to-home" onClick={() => setRoute('home')}>
      Accounts
    </button>
  );
  return (
    <Show when={route() === 'home'} fallback={other}>
      <Accounts userId={userId()} />
      <button id="switch-user" onClick={() => setUserId('user_bob')}>
        Second user
      </button>
      <button id="to-other" onClick={() => setRoute('other')}>
        Other page
      </button>
    </Show>
  );
}

render(() => <App />, document.querySelector('#app') as Element);
